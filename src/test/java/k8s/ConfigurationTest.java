package k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import k8s.Pod.SecretKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pods of every overlay are told: settings and secrets. */
class ConfigurationTest {

    @BeforeAll
    static void render() throws IOException, InterruptedException {
        Overlays.render();
    }

    static List<Manifests> overlays() {
        return Overlays.all();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void environmentIsMadeOfSettings(Manifests overlay) throws IOException {
        Set<String> settings = ShippedSettings.variables();

        assertThat(overlay.pods()).allSatisfy(pod -> {
            assertThat(pod.environment().keySet().stream().filter(name -> !name.startsWith("AWS_")))
                    .isSubsetOf(settings);
            assertThat(pod.environment().entrySet().stream()
                            .filter(variable -> variable.getKey().endsWith("_FILE"))
                            .map(Map.Entry::getValue))
                    .isNotEmpty()
                    .isSubsetOf(pod.secretFiles());
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void settingsFileIsMountedAndMadeOfSettings(Manifests overlay) throws IOException {
        ConfigMap settings = settings(overlay);

        assertThat(overlay.pods()).allSatisfy(pod -> {
            assertThat(pod.configMaps())
                    .containsEntry("config", settings.getMetadata().getName());
            assertThat(pod.mountPath("config")).isEqualTo(pod.container().getWorkingDir() + "/config");
        });
        // A change of the settings is a change of the name, which rolls the pods.
        assertThat(settings.getMetadata().getName()).matches("floe-[0-9a-z]{10}");
        assertThat(settings.getData()).containsOnlyKeys("application.properties");
        Properties set = ShippedSettings.parse(settings.getData().get("application.properties"));
        assertThat(set.stringPropertyNames().stream()
                        .filter(key -> !key.startsWith("camel.component.") && !key.startsWith("load.call.")))
                .isSubsetOf(ShippedSettings.keys());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void environmentDoesNotHideSettingsOfTheFile(Manifests overlay) throws IOException {
        Properties set = ShippedSettings.parse(settings(overlay).getData().get("application.properties"));

        assertThat(overlay.pods()).allSatisfy(pod -> assertThat(set.stringPropertyNames())
                .noneMatch(key -> pod.environment().containsKey(ShippedSettings.variable(key))));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void secretsAreReferredToAndDocumented(Manifests overlay) throws IOException {
        String readme = Files.readString(Path.of("k8s/README.md")).replaceAll("\\\\\\s*\n\\s*", "");

        assertThat(overlay.all(Secret.class)).isEmpty();
        assertThat(overlay.secrets()).isNotEmpty().allSatisfy(secret -> assertThat(readme.lines())
                .anyMatch(line -> line.contains("create secret generic " + secret.secret() + " ")
                        && line.matches(".*--from-(literal|file)=" + secret.key() + "=.*")));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void otherFilesAreDocumented(Manifests overlay) throws IOException {
        String readme = Files.readString(Path.of("k8s/README.md"));

        assertThat(overlay.pods()).allSatisfy(pod -> assertThat(pod.configMaps().entrySet().stream()
                        .filter(volume -> !volume.getKey().equals("config")))
                .allSatisfy(volume ->
                        assertThat(readme).contains("create configmap " + volume.getValue() + " --from-file=")));
    }

    @Test
    void externalSecretsMakeEverySecretThatIsReferredTo() {
        Set<SecretKey> made = Overlays.productionWithComponents().all(ExternalSecret.class).stream()
                .flatMap(external -> external.keys().stream()
                        .map(key -> new SecretKey(external.spec().target().name(), key)))
                .collect(Collectors.toSet());

        assertThat(made)
                .containsExactlyInAnyOrderElementsOf(
                        Overlays.productionWithComponents().secrets());
    }

    /** The only one that pods mount. */
    private static ConfigMap settings(Manifests overlay) {
        List<ConfigMap> configMaps = overlay.all(ConfigMap.class).stream()
                .filter(configMap -> !configMap.getMetadata().getName().equals("floe-dashboard"))
                .toList();
        assertThat(configMaps).hasSize(1);
        return configMaps.get(0);
    }
}
