package floe.app;

import floe.settings.ShippedSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.camel.Ordered;
import org.apache.camel.quarkus.main.events.BeforeConfigure;
import org.apache.camel.spi.LoadablePropertiesSource;
import org.apache.camel.util.OrderedLocationProperties;

/**
 * Has Camel make the beans of {@code application.properties} in the order of that file, as a bean must be there before
 * the next one's constructor is given it. Quarkus hands Camel all properties in no order at all. The beans are made when
 * Camel is configured, before its context is initialized.
 */
@ApplicationScoped
public class BeansInOrder {

    void prepare(@Observes BeforeConfigure event) {
        event.getCamelContext().getPropertiesComponent().addPropertiesSource(new Declared());
    }

    /** The beans as they ship: what is asked last gives the order, and all others the values. */
    private static final class Declared implements LoadablePropertiesSource, Ordered {

        private static final String PREFIX = "camel.beans.";

        @Override
        public String getName() {
            return "beans-in-order";
        }

        @Override
        public int getOrder() {
            return LOWEST;
        }

        @Override
        public String getProperty(String key) {
            return null;
        }

        @Override
        public Properties loadProperties() {
            return loadProperties(key -> true);
        }

        @Override
        public Properties loadProperties(Predicate<String> filter) {
            OrderedLocationProperties beans = new OrderedLocationProperties();
            for (ShippedSettings.Setting setting : ShippedSettings.read().all()) {
                if (setting.key().startsWith(PREFIX) && filter.test(setting.key())) {
                    beans.put(getName(), setting.key(), setting.value());
                }
            }
            return beans;
        }

        @Override
        public void reloadProperties(String location) {
            // They are part of the application.
        }
    }
}
