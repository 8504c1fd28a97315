package k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pods of every overlay are. */
class PodsTest {

    @BeforeAll
    static void render() throws IOException, InterruptedException {
        Overlays.render();
    }

    static List<Manifests> overlays() {
        return Overlays.all();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void captureIsOneReaderWithItsStateOnAVolume(Manifests overlay) {
        Pod capture = overlay.pod("floe-capture");

        assertThat(capture.set().getSpec().getReplicas()).isEqualTo(1);
        assertThat(capture.environment())
                .containsEntry("CAPTURE_ENABLED", "true")
                .containsEntry("LOAD_ENABLED", "false");
        var claims = capture.set().getSpec().getVolumeClaimTemplates();
        assertThat(claims).hasSize(1);
        assertThat(capture.environment())
                .containsEntry(
                        "CAPTURE_STATE",
                        capture.mountPath(claims.get(0).getMetadata().getName()));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void loadersKnowHowManyTheyAreAndWhichTheyAre(Manifests overlay) {
        Pod load = overlay.pod("floe-load");

        assertThat(load.environment())
                .containsEntry("CAPTURE_ENABLED", "false")
                .containsEntry("LOAD_ENABLED", "true")
                .containsEntry(
                        "LOAD_LOADERS", String.valueOf(load.set().getSpec().getReplicas()))
                .containsEntry("LOAD_LOADER", "metadata.labels['apps.kubernetes.io/pod-index']");
        assertThat(load.set().getSpec().getPodManagementPolicy()).isEqualTo("Parallel");
        assertThat(load.set().getSpec().getVolumeClaimTemplates()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPodKeepsTheRestrictedStandard(Manifests overlay) {
        assertThat(overlay.all(Namespace.class)).singleElement().satisfies(namespace -> assertThat(
                        namespace.getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted"));

        assertThat(overlay.pods()).allSatisfy(pod -> {
            var security = pod.spec().getSecurityContext();
            assertThat(security.getRunAsNonRoot()).isTrue();
            assertThat(security.getRunAsUser()).isEqualTo(10001);
            assertThat(security.getFsGroup()).isEqualTo(10001);
            assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.spec().getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.spec().getInitContainers()).isEmpty();
            assertThat(pod.spec().getContainers()).singleElement().satisfies(container -> {
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
            });
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void probesAskWhatTheManagementPortServes(Manifests overlay) throws IOException {
        int port = Integer.parseInt(ShippedSettings.value("management.port"));

        assertThat(overlay.pods()).allSatisfy(pod -> {
            assertThat(pod.container().getPorts())
                    .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
                    .containsExactly(tuple("management", port));
            assertProbe(pod.container().getStartupProbe(), "/q/health/started");
            assertProbe(pod.container().getLivenessProbe(), "/q/health/live");
            assertProbe(pod.container().getReadinessProbe(), "/q/health/ready");
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void podsHaveTimeToEndAndMemoryToRun(Manifests overlay) throws IOException {
        long shutdown = Long.parseLong(ShippedSettings.value("camel.main.shutdown-timeout"));

        assertThat(overlay.pods()).allSatisfy(pod -> {
            assertThat(pod.spec().getTerminationGracePeriodSeconds()).isGreaterThan(shutdown + 10);
            var resources = pod.container().getResources();
            assertThat(bytes(resources.getRequests().get("memory")))
                    .isLessThanOrEqualTo(bytes(resources.getLimits().get("memory")));
            assertThat(resources.getRequests()).containsKey("cpu");
            // The kernel throttles a JVM at its CPU limit just when it catches up.
            assertThat(resources.getLimits()).doesNotContainKey("cpu");
        });
    }

    private static void assertProbe(Probe probe, String path) {
        assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
    }

    private static long bytes(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity).longValueExact();
    }
}
