package floe.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultManagementNameStrategy;
import org.apache.camel.spi.CamelEvent.CamelContextInitializingEvent;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.xml.LwModelToXMLDumper;

/** What Camel's MBeans need and Camel in Quarkus lacks: their names, and the routes as XML, of which Hawtio draws them. */
@ApplicationScoped
public class CamelMBeans {

    void complete(@Observes CamelContextInitializingEvent event) {
        CamelContext camel = event.getContext();
        camel.setManagementNameStrategy(new DefaultManagementNameStrategy(camel));
        camel.getCamelContextExtension().addContextPlugin(ModelToXMLDumper.class, new LwModelToXMLDumper());
    }
}
