package routes;

import static org.assertj.core.api.Assertions.assertThat;

import floe.settings.ShippedSettings;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.junit.jupiter.api.Test;

/** Names in routes and in {@code camel.beans.*} are text: a wrong one would show when the first file or batch comes. */
class WiringTest {

    private static final Pattern BEAN = Pattern.compile("#class:([\\w.]+)(?:#(\\w+))?(?:\\((.*)\\))?");
    private static final Pattern REFERENCE = Pattern.compile("#bean:(\\w+)");

    @Test
    void eachBeanAndMethodThatARouteNamesIsThere() throws Exception {
        Map<String, Class<?>> beans = beans();
        List<String> wrong = new ArrayList<>();
        for (Named call : calls()) {
            if (!beans.containsKey(call.bean())) {
                wrong.add(call.where() + ": no bean " + call.bean());
            } else if (!hasMethod(beans.get(call.bean()), call.method())) {
                wrong.add(call.where() + ": " + call.bean() + " has no method " + call.method());
            }
        }

        assertThat(calls()).hasSizeGreaterThan(8);
        assertThat(wrong).isEmpty();
    }

    @Test
    void eachBeanIsGivenWhatStandsAboveIt() throws Exception {
        Set<String> above = new HashSet<>();
        for (ShippedSettings.Setting setting : declared()) {
            List<String> given = REFERENCE
                    .matcher(setting.value())
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
            assertThat(above).as(setting.key()).containsAll(given);
            above.add(name(setting));
        }
    }

    @Test
    void noBeanIsMadeThatNobodyNames() throws Exception {
        Set<String> named = new HashSet<>(Set.of("metricsRegistry"));
        calls().forEach(call -> named.add(call.bean()));
        for (ShippedSettings.Setting setting : declared()) {
            REFERENCE.matcher(setting.value()).results().forEach(found -> named.add(found.group(1)));
        }

        assertThat(beans().keySet().stream().filter(bean -> !named.contains(bean)))
                .as("beans that no route and no other bean names, but for those that Camel finds by their type")
                .allMatch(bean -> isFoundByType(bean));
    }

    @Test
    void eachRouteRunsOnlyWhereItsRoleIsOn() {
        for (RouteDefinition route : ApplicationRoutes.all()) {
            assertThat(route.getPrecondition())
                    .as(route.getRouteId())
                    .isNotNull()
                    .containsPattern("\\{\\{(capture|load)\\.enabled}}");
        }
    }

    /** A component by its scheme, a health check or a listener by its type, a data source by the jdbc endpoint's address. */
    private static boolean isFoundByType(String bean) {
        try {
            Class<?> type = beans().get(bean);
            return org.apache.camel.Component.class.isAssignableFrom(type)
                    || org.apache.camel.health.HealthCheck.class.isAssignableFrom(type)
                    || javax.sql.DataSource.class.isAssignableFrom(type)
                    || org.apache.camel.CamelContextAware.class.isAssignableFrom(type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param where the route, or the failure that is handled */
    private record Named(String where, String bean, String method) {}

    /** What routes call, and what they call for failures. */
    private static List<Named> calls() {
        List<Named> calls = new ArrayList<>();
        for (RouteDefinition route : ApplicationRoutes.all()) {
            walk(route.getRouteId(), route.getOutputs(), calls);
        }
        for (OnExceptionDefinition handler : ApplicationRoutes.handlers()) {
            String where = "on " + handler.getExceptions();
            walk(where, handler.getOutputs(), calls);
            if (handler.getOnExceptionOccurredRef() != null) {
                calls.add(new Named(where, handler.getOnExceptionOccurredRef(), "process"));
            }
        }
        return calls;
    }

    private static void walk(String where, Collection<ProcessorDefinition<?>> steps, List<Named> calls) {
        for (ProcessorDefinition<?> step : steps) {
            if (step instanceof BeanDefinition bean) {
                calls.add(new Named(where, bean.getRef(), bean.getMethod()));
            }
            if (step instanceof ExpressionNode node) {
                note(where, node.getExpression(), calls);
            }
            walk(where, step.getOutputs(), calls);
        }
    }

    private static void note(String where, ExpressionDefinition expression, List<Named> calls) {
        if (expression instanceof MethodCallExpression call) {
            calls.add(new Named(where, call.getRef(), call.getMethod()));
        } else if (expression != null && expression.getExpressionValue() instanceof MethodCallExpression call) {
            calls.add(new Named(where, call.getRef(), call.getMethod()));
        } else if (expression != null && expression.getExpressionType() instanceof MethodCallExpression call) {
            calls.add(new Named(where, call.getRef(), call.getMethod()));
        }
    }

    /** Whether there is a public method of this name that takes as many values; a bean has one value without brackets. */
    private static boolean hasMethod(Class<?> type, String call) {
        if (call == null) {
            return Arrays.stream(type.getDeclaredMethods())
                            .filter(WiringTest::isPublic)
                            .count()
                    == 1;
        }
        int bracket = call.indexOf('(');
        String name = bracket < 0 ? call : call.substring(0, bracket);
        int values = bracket < 0 ? -1 : values(call.substring(bracket + 1, call.lastIndexOf(')')));
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .anyMatch(
                        method -> values < 0 ? method.getParameterCount() <= 1 : method.getParameterCount() == values);
    }

    private static boolean isPublic(Method method) {
        return Modifier.isPublic(method.getModifiers());
    }

    private static int values(String list) {
        return list.isBlank() ? 0 : list.split(",").length;
    }

    private static Map<String, Class<?>> beans() throws ReflectiveOperationException {
        Map<String, Class<?>> beans = new HashMap<>();
        for (ShippedSettings.Setting setting : declared()) {
            Matcher bean = BEAN.matcher(setting.value());
            assertThat(bean.matches()).as(setting.key() + "=" + setting.value()).isTrue();
            Class<?> type = Class.forName(bean.group(1));
            if (bean.group(2) != null) {
                String factory = bean.group(2);
                type = Arrays.stream(type.getMethods())
                        .filter(method -> method.getName().equals(factory) && Modifier.isStatic(method.getModifiers()))
                        .map(Method::getReturnType)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(setting.key() + " has no factory " + factory));
            }
            beans.put(name(setting), type);
        }
        assertThat(beans).hasSizeGreaterThan(8);
        return beans;
    }

    private static List<ShippedSettings.Setting> declared() {
        return ShippedSettings.read().all().stream()
                .filter(setting -> setting.key().startsWith("camel.beans."))
                .toList();
    }

    private static String name(ShippedSettings.Setting setting) {
        return setting.key().substring("camel.beans.".length());
    }
}
