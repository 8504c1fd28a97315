package floe.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * A stage as an MBean to look at: whether it is well, what is wrong otherwise, and how far it is, as its health checks say
 * at the moment of asking. What health never shows, such as rows, is not here either.
 */
final class StageMBean implements DynamicMBean {

    private static final String STATE = "State";
    private static final String PROBLEMS = "Problems";

    private final CamelContext camel;
    private final List<String> checks;

    /** @param checks the ids of its health checks */
    StageMBean(CamelContext camel, List<String> checks) {
        this.camel = camel;
        this.checks = List.copyOf(checks);
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        Object value = read().get(attribute);
        if (value == null) {
            throw new AttributeNotFoundException(attribute);
        }
        return value;
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        Map<String, Object> values = read();
        AttributeList list = new AttributeList();
        for (String name : attributes) {
            if (values.containsKey(name)) {
                list.add(new Attribute(name, values.get(name)));
            }
        }
        return list;
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes = read().entrySet().stream()
                .map(entry -> new MBeanAttributeInfo(
                        entry.getKey(),
                        entry.getValue() instanceof Number ? "long" : "java.lang.String",
                        "As in health",
                        true,
                        false,
                        false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(
                StageMBean.class.getName(), "A stage, as its health checks see it", attributes, null, null, null);
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException("Nothing of a stage can be set");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException("A stage has no operations");
    }

    private Map<String, Object> read() {
        Map<String, Object> values = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        if (camel.isStarted()) {
            List<HealthCheck.Result> results = new ArrayList<>(HealthCheckHelper.invokeReadiness(camel));
            results.addAll(HealthCheckHelper.invokeLiveness(camel));
            results.stream()
                    .filter(result -> checks.contains(result.getCheck().getId()))
                    .forEach(result -> add(result, values, problems));
        } else {
            problems.add("The routes have not started");
        }
        values.put(STATE, problems.isEmpty() ? "UP" : "DOWN");
        values.put(PROBLEMS, String.join("\n", problems));
        return values;
    }

    private static void add(HealthCheck.Result result, Map<String, Object> values, List<String> problems) {
        if (result.getState() == HealthCheck.State.DOWN) {
            problems.add(result.getMessage().orElse("down"));
        }
        result.getDetails().forEach((name, value) -> {
            // Camel adds details of its own, such as failure.count.
            if (!name.contains(".")) {
                values.put(name, value instanceof Number number ? number.longValue() : String.valueOf(value));
            }
        });
    }
}
