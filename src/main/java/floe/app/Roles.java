package floe.app;

import floe.aws.AwsConnections;
import floe.capture.CaptureSettings;
import floe.health.Patience;
import floe.kinesis.StreamSettings;
import floe.load.LoadSettings;
import floe.oversize.OversizeSettings;
import floe.progress.Pauses;
import floe.requests.RequestSettings;
import floe.settings.CamelLookup;
import floe.settings.Settings;
import floe.settings.WrongSetting;
import floe.snowflake.WarehouseSettings;
import floe.staging.StagingSettings;
import floe.web.HawtioPort;
import floe.web.ManagementPort;
import org.apache.camel.CamelContext;

/** The two steps that a process may take, and what each of them must be told. */
final class Roles {

    private Roles() {}

    /**
     * Reads all settings of the roles that are on, and of the ports.
     *
     * @throws WrongSetting if one is missing or wrong, or if no role is on
     */
    static void check(CamelContext camel) {
        Settings settings = Settings.checked(new CamelLookup(camel));
        ManagementPort.read(settings);
        HawtioPort.check(settings);
        Patience.read(settings);
        boolean capture = settings.flag("capture.enabled");
        boolean load = settings.flag("load.enabled");
        if (!capture && !load) {
            throw new WrongSetting("load.enabled", "false", "true where capture.enabled is false: nothing would run");
        }
        AwsConnections.check(settings);
        if (capture) {
            CaptureSettings.read(settings);
            StreamSettings.read(settings);
        }
        OversizeSettings.read(settings);
        RequestSettings.read(settings);
        WarehouseSettings.ofStage(settings);
        StagingSettings.ofStage(settings);
        Pauses.ofStage(settings);
        LoadSettings.ofStage(settings);
    }
}
