package k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the overlays render to, rendered once. */
final class Overlays {

    private Overlays() {}

    /** Renders them; on a machine that cannot, skips the tests and says why. */
    static void render() throws IOException, InterruptedException {
        Optional<String> missing = Kustomize.missing();
        missing.ifPresent(reason -> System.out.println("Skipped, as manifests cannot be rendered: " + reason));
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        assertThat(Rendered.ALL).isNotEmpty();
    }

    /** Every overlay, and production with every component. */
    static List<Manifests> all() {
        return Rendered.ALL;
    }

    static Manifests productionWithComponents() {
        return Rendered.ALL.get(2);
    }

    private static final class Rendered {

        static final List<Manifests> ALL = render();

        private static List<Manifests> render() {
            try {
                return List.of(
                        rendered("local", Path.of("k8s/overlays/local")),
                        rendered("production", Path.of("k8s/overlays/production")),
                        rendered("production with components", withComponents()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private static Manifests rendered(String name, Path folder) throws IOException, InterruptedException {
            return new Manifests(name, Kustomize.render(folder));
        }

        private static Path withComponents() throws IOException {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/k8s")), "with-components-");
            String k8s = folder.toAbsolutePath()
                    .relativize(Path.of("k8s").toAbsolutePath())
                    .toString();
            Files.writeString(
                    folder.resolve("kustomization.yaml"),
                    """
                    apiVersion: kustomize.config.k8s.io/v1beta1
                    kind: Kustomization
                    namespace: floe
                    resources:
                      - K8S/overlays/production
                    components:
                      - K8S/components/external-secrets
                      - K8S/components/irsa
                      - K8S/components/monitoring
                    """
                            .replace("K8S", k8s));
            return folder;
        }
    }
}
