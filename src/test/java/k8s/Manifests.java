package k8s;

import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import k8s.Pod.SecretKey;

/** The resources that one folder renders to. */
final class Manifests {

    private final String name;
    private final List<Object> resources;

    /** @param name for the reader of a test's result */
    Manifests(String name, String yaml) throws IOException {
        this.name = name;
        this.resources = StrictYaml.resources(yaml);
    }

    /** All resources of a kind. */
    <T> List<T> all(Class<T> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<Pod> pods() {
        return all(StatefulSet.class).stream().map(Pod::new).toList();
    }

    Pod pod(String ofSet) {
        return pods().stream()
                .filter(pod -> pod.name().equals(ofSet))
                .findFirst()
                .orElseThrow();
    }

    /** What pods and Prometheus take from Secrets. */
    Set<SecretKey> secrets() {
        Set<SecretKey> secrets = new HashSet<>();
        pods().forEach(pod -> secrets.addAll(pod.secrets()));
        all(ServiceMonitor.class)
                .forEach(monitor -> monitor.getSpec().getEndpoints().forEach(endpoint -> {
                    secrets.add(secretKey(endpoint.getBasicAuth().getUsername()));
                    secrets.add(secretKey(endpoint.getBasicAuth().getPassword()));
                }));
        return secrets;
    }

    private static SecretKey secretKey(SecretKeySelector selector) {
        return new SecretKey(selector.getName(), selector.getKey());
    }

    @Override
    public String toString() {
        return name;
    }
}
