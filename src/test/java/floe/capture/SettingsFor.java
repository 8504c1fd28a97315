package floe.capture;

import floe.settings.MapLookup;
import floe.settings.Settings;
import floe.settings.ShippedSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import local.FloeSettings;
import local.mysql.MySqlServer;

/** Settings of capture without the application around it. */
public final class SettingsFor {

    private SettingsFor() {}

    /** Those that Floe ships, for these tables of this server, with {@code more} as key and value in turn. */
    public static CaptureSettings capture(MySqlServer mysql, String tables, Path state, String... more) {
        Map<String, String> all = new HashMap<>();
        ShippedSettings.read().all().forEach(setting -> all.put(setting.key(), setting.value()));
        all.putAll(new FloeSettings().capture(mysql, tables, state).asMap());
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return CaptureSettings.read(new Settings(new MapLookup(all)));
    }
}
