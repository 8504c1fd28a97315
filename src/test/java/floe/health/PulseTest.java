package floe.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import floe.settings.MapLookup;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import floe.snowflake.WarehouseSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PulseTest {

    private final AtomicLong now = new AtomicLong();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "health.blocked-after", "2m",
            "health.stalled-after", "15m",
            "capture.enabled", "true",
            "capture.heartbeat", "10s",
            "capture.longest-pause", "1m",
            "load.enabled", "true",
            "load.poll-interval", "5s",
            "snowflake.statement-timeout", "10m",
            "snowflake.connect-timeout", "30s"));
    private Stage stage;

    @BeforeEach
    void begin() {
        stage = new Stage("load", Patience.read(settings()), now::get);
    }

    @Test
    void aStageThatBeatsIsAliveAndGetsOn() {
        for (int minute = 0; minute < 60; minute++) {
            stage.pulse().beat("listing");
            pass(Duration.ofMinutes(1));
        }

        assertThat(stage.blocked()).isEmpty();
        assertThat(liveness()).isEqualTo("UP");
    }

    @Test
    void aStageThatStopsBeatingIsFirstNotReadyAndThenNotAlive() {
        stage.pulse().beat("listing");

        pass(Duration.ofSeconds(121));
        assertThat(stage.blocked()).containsExactly("load has made no progress for 121 s: listing");
        assertThat(liveness()).isEqualTo("UP");

        pass(Duration.ofMinutes(15));
        assertThat(liveness()).isEqualTo("DOWN load has shown no sign of life for 1021 s: listing");
    }

    @Test
    void whoWaitsForSomeoneElseIsAliveHoweverLongButDoesNotGetOn() {
        stage.pulse().beat("putting");
        for (int minute = 0; minute < 60; minute++) {
            pass(Duration.ofMinutes(1));
            stage.pulse().waiting("throttled");
        }

        assertThat(stage.blocked()).containsExactly("load has made no progress for 3600 s: throttled");
        assertThat(liveness()).isEqualTo("UP");
    }

    @Test
    void oneWorkThatHangsShowsThoughTheOthersGetOn() {
        stage.pulse("file 1").beat("calling");
        for (int minute = 0; minute < 16; minute++) {
            stage.pulse("file 2").beat("calling");
            stage.pulse().beat("listing");
            pass(Duration.ofMinutes(1));
        }

        assertThat(stage.blocked()).containsExactly("load has made no progress for 960 s: file 1: calling");
        assertThat(liveness()).isEqualTo("DOWN load has shown no sign of life for 960 s: file 1: calling");
    }

    @Test
    void theStageItselfMayBeSilentWhileItWorksAndNotAfterwards() {
        stage.pulse().beat("listing");
        for (int minute = 0; minute < 60; minute++) {
            stage.pulse("file").beat("calling");
            pass(Duration.ofMinutes(1));
        }
        assertThat(stage.blocked()).isEmpty();

        stage.end("file");
        assertThat(stage.blocked()).isEmpty();

        pass(Duration.ofMinutes(16));
        assertThat(liveness()).isEqualTo("DOWN load has shown no sign of life for 960 s: listing");
    }

    @Test
    void aStageThatWasStoppedByIntentOwesNoPulseUntilItBegins() {
        stage.rest();
        pass(Duration.ofHours(1));
        assertThat(liveness()).isEqualTo("UP");

        stage.begin();
        assertThat(liveness()).isEqualTo("UP");

        pass(Duration.ofHours(1));
        assertThat(liveness()).startsWith("DOWN");
    }

    @Test
    void aStageThatDiedIsNotAliveAtOnce() {
        stage.died("its thread was interrupted");

        assertThat(liveness()).isEqualTo("DOWN load has ended: its thread was interrupted");
    }

    @ParameterizedTest
    @CsvSource({
        "health.stalled-after, 630s, snowflake.statement-timeout and snowflake.connect-timeout together",
        "health.stalled-after, 60s, longer than health.blocked-after",
        "health.blocked-after, 10s, longer than capture.heartbeat",
        "health.blocked-after, 5s, longer than capture.heartbeat",
    })
    void aPatienceThatIsTooShortForWhatIsInOrderIsRefused(String key, String time, String should) {
        settings.put(key, time);

        assertThatThrownBy(this::check)
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("The setting " + key + " is '" + time + "'")
                .hasMessageContaining(should);
    }

    @Test
    void whatARoleThatIsOffMayWaitForDoesNotCount() {
        settings.put("load.enabled", "false");
        settings.put("health.stalled-after", "5m");

        check();

        assertThat(Stage.read("load", settings()).isEnabled()).isFalse();
    }

    /** What each stage tells of itself. */
    private void check() {
        Patience.read(settings());
        if (settings().flag("capture.enabled")) {
            Patience.blockedLongerThan(settings(), "capture.heartbeat");
            Patience.stalledLongerThan(settings(), "capture.longest-pause");
        }
        WarehouseSettings.ofStage(settings());
    }

    private Settings settings() {
        return new Settings(new MapLookup(settings));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private String liveness() {
        HealthCheck.Result result = stage.call();
        return result.getState() + result.getMessage().map(" "::concat).orElse("");
    }
}
