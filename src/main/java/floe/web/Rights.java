package floe.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Tells Hawtio what {@link Access} allows, by the MBean that it asks: it then offers nothing that would be refused. */
public final class Rights implements RightsMBean {

    /** Hawtio looks for this type and area, in any domain. */
    static final ObjectName NAME = name("floe:type=security,area=jmx");

    private final Access access = new Access();

    @Override
    public boolean canInvoke(String mbean) {
        return true;
    }

    @Override
    public boolean canInvoke(String mbean, String operation) throws MalformedObjectNameException {
        return access.isOperationAllowed(new ObjectName(mbean), operation);
    }

    @Override
    public boolean canInvoke(String mbean, String operation, String[] types) throws MalformedObjectNameException {
        return canInvoke(mbean, operation);
    }

    @Override
    public Map<String, Map<String, Map<String, Boolean>>> canInvoke(Map<String, List<String>> operations)
            throws MalformedObjectNameException {
        Map<String, Map<String, Map<String, Boolean>>> answer = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> asked : operations.entrySet()) {
            Map<String, Map<String, Boolean>> ofMBean = new LinkedHashMap<>();
            for (String operation : asked.getValue()) {
                ofMBean.put(operation, Map.of("CanInvoke", canInvoke(asked.getKey(), operation)));
            }
            answer.put(asked.getKey(), ofMBean);
        }
        return answer;
    }

    private static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
