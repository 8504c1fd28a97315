package floe.web;

import floe.settings.CamelLookup;
import floe.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.main.events.BeforeStart;

/** Floe's own MBeans for Hawtio, only while it is on: the stages whose roles are on, and what a user may do. */
@ApplicationScoped
public class HawtioMBeans {

    /** The health checks of each stage. */
    private static final Map<String, List<String>> STAGES = Map.of(
            "capture", List.of("capture", "capture-pulse", "diverged-tables"), "load", List.of("load", "load-pulse"));

    void register(@Observes BeforeStart event) throws JMException {
        CamelContext camel = event.getCamelContext();
        Settings settings = new Settings(new CamelLookup(camel));
        if (!settings.flag("hawtio.enabled")) {
            return;
        }
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (Map.Entry<String, List<String>> stage : STAGES.entrySet()) {
            if (settings.flag(stage.getKey() + ".enabled")) {
                server.registerMBean(
                        new StageMBean(camel, stage.getValue()),
                        new ObjectName("floe:type=Stage,name=" + stage.getKey()));
            }
        }
        server.registerMBean(new Rights(), Rights.NAME);
    }
}
