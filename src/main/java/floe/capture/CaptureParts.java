package floe.capture;

import floe.health.Stage;
import floe.metrics.CaptureMeters;
import io.micrometer.core.instrument.MeterRegistry;

/** What each run of capture is given: its settings, its signs of life, and what counts what it does. */
record CaptureParts(CaptureSettings settings, Stage stage, CaptureMeters meters, MeterRegistry registry) {}
