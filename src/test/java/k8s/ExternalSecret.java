package k8s;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;

/**
 * The part of <a href="https://external-secrets.io/latest/api/externalsecret/">ExternalSecret, external-secrets.io/v1</a>
 * that the manifests use; written from its documentation, as no model of it is among the dependencies.
 */
record ExternalSecret(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    record Spec(String refreshInterval, SecretStoreRef secretStoreRef, Target target, List<Data> data) {}

    record SecretStoreRef(String kind, String name) {}

    record Target(String name, Template template) {}

    record Template(Map<String, String> data) {}

    record Data(String secretKey, RemoteRef remoteRef) {}

    record RemoteRef(String key, String property) {}

    /** The keys of the Secret that it makes. */
    List<String> keys() {
        return spec.target.template == null
                ? spec.data.stream().map(Data::secretKey).toList()
                : List.copyOf(spec.target.template.data.keySet());
    }
}
