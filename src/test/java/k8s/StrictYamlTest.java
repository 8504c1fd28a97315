package k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictYamlTest {

    private static final String POD =
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata:
              name: floe
            spec:
              replicas: 1
              template:
                spec:
                  terminationGracePeriodSeconds: 60
                  automountServiceAccountToken: false
                  containers:
                    - name: floe
                      env:
                        - name: LOAD_LOADERS
                          value: "1"
                      livenessProbe:
                        httpGet:
                          path: /q/health/live
                          port: management
                      resources:
                        limits:
                          memory: 1Gi
            """;

    @Test
    void resourcesAreReadIntoTheirModels() throws IOException {
        List<Object> resources = StrictYaml.resources("---\n" + POD + "---\n" + POD);

        assertThat(resources).hasSize(2).allSatisfy(resource -> assertThat(resource)
                .isInstanceOf(StatefulSet.class));
    }

    @ParameterizedTest
    @CsvSource({
        "replicas: 1,                           replica: 1",
        "automountServiceAccountToken: false,   automountServiceAcountToken: false",
        "livenessProbe:,                        livelinessProbe:",
        "httpGet:,                              httpget:",
        "limits:,                               limit:"
    })
    void misspeltFieldIsRefused(String right, String wrong) {
        assertThatThrownBy(() -> StrictYaml.resources(POD.replace(right, wrong)))
                .hasMessageContaining("Unrecognized field");
    }

    @ParameterizedTest
    @CsvSource({
        "replicas: 1,                           'replicas: \"1\"'",
        "replicas: 1,                           replicas: one",
        "automountServiceAccountToken: false,   'automountServiceAccountToken: \"false\"'",
        "terminationGracePeriodSeconds: 60,     terminationGracePeriodSeconds: 1m",
        "'value: \"1\"',                        value: 1",
        "'value: \"1\"',                        value: true",
        "path: /q/health/live,                  path: [/q/health/live]",
        "memory: 1Gi,                           memory: [1Gi]"
    })
    void valueOfAnotherTypeIsRefused(String right, String wrong) {
        assertThatThrownBy(() -> StrictYaml.resources(POD.replace(right, wrong)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void fieldThatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> StrictYaml.resources(POD + "  replicas: 1\n")).hasMessageContaining("Duplicate field");
    }

    @Test
    void kindWithoutModelIsRefused() {
        assertThatThrownBy(() -> StrictYaml.resources(POD.replace("apps/v1", "apps/v1beta1")))
                .hasMessageContaining("apps/v1beta1/StatefulSet");
    }

    @Test
    void resourceWithoutNameIsRefused() {
        assertThatThrownBy(() -> StrictYaml.resources(POD.replaceFirst("name: floe", "namespace: floe")))
                .hasMessageContaining("metadata.name");
    }
}
