package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;

/** Hawtio draws the routes with the names of their steps; one without a name is called by its kind and a number. */
class StepNamesTest {

    @Test
    void eachStepOfLoadHasANameOfItsOwn() throws Exception {
        List<String> names = new ArrayList<>();
        List<String> nameless = new ArrayList<>();
        for (RouteDefinition route : ApplicationRoutes.all()) {
            if (route.getPrecondition().contains("load.enabled")) {
                walk(route, route.getOutputs(), names, nameless);
            }
        }

        assertThat(nameless).isEmpty();
        assertThat(names).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    }

    private static void walk(
            RouteDefinition route,
            Collection<ProcessorDefinition<?>> steps,
            List<String> names,
            List<String> nameless) {
        for (ProcessorDefinition<?> step : steps) {
            // What a builder does for all its routes is in each of them.
            if (!(step instanceof OnExceptionDefinition)) {
                if (step.hasCustomIdAssigned()) {
                    names.add(step.getId());
                } else {
                    nameless.add(route.getRouteId() + ": " + step);
                }
                walk(route, step.getOutputs(), names, nameless);
            }
        }
    }
}
