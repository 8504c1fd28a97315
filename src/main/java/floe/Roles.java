package floe;

import binlog.CaptureSettings;
import health.Patience;
import java.util.List;
import kinesis.KinesisStream;
import load.Doorbell;
import load.LoadMeters;
import load.Loader;
import load.StuckFiles;
import org.apache.camel.CamelContext;
import settings.Settings;
import settings.WrongSetting;
import snowflake.Warehouse;
import staging.StagedFiles;

/** The two steps that a process may take, and what each of them must be told. */
final class Roles {

    private Roles() {}

    /**
     * Reads all settings of the roles that are on, and of the ports.
     *
     * @throws WrongSetting if one is missing or wrong, or if no role is on
     */
    static void check(CamelContext camel) {
        Settings settings = new Settings(camel);
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
            KinesisStream.check(settings);
        }
        if (load) {
            LoadMeters.mostTables(settings);
            try (Warehouse unconnected = new Warehouse(settings)) {
                List.of(new Loader(), new StagedFiles(), new StuckFiles(), new Doorbell())
                        .forEach(bean -> bean.setCamelContext(camel));
            }
        }
    }
}
