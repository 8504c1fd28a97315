package k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every overlay puts around the pods: names, network, budgets, monitoring, roles. */
class SurroundingsTest {

    @BeforeAll
    static void render() throws IOException, InterruptedException {
        Overlays.render();
    }

    static List<Manifests> overlays() {
        return Overlays.all();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyNameLeadsSomewhereInTheSameNamespace(Manifests overlay) {
        Set<String> accounts = overlay.all(ServiceAccount.class).stream()
                .map(account -> account.getMetadata().getName())
                .collect(Collectors.toSet());
        Map<String, Service> services = overlay.all(Service.class).stream()
                .collect(Collectors.toMap(service -> service.getMetadata().getName(), service -> service));

        assertThat(overlay.pods()).hasSize(2).allSatisfy(pod -> {
            assertThat(accounts).contains(pod.spec().getServiceAccountName());
            assertThat(pod.isSelectedBy(pod.set().getSpec().getSelector().getMatchLabels()))
                    .isTrue();
            Service service = services.get(pod.set().getSpec().getServiceName());
            assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
            assertThat(overlay.pods().stream()
                            .filter(any -> any.isSelectedBy(service.getSpec().getSelector())))
                    .containsExactly(pod);
            assertThat(service.getSpec().getPorts()).singleElement().satisfies(port -> assertThat(
                            port.getTargetPort().getStrVal())
                    .isEqualTo(pod.container().getPorts().get(0).getName()));
            assertThat(pod.container().getVolumeMounts().stream().map(mount -> mount.getName()))
                    .containsExactlyInAnyOrderElementsOf(volumes(pod));
        });
        assertThat(overlay.all(HasMetadata.class).stream()
                        .map(resource -> resource.getMetadata().getNamespace()))
                .isSubsetOf("floe", null);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void networkPoliciesFitThePods(Manifests overlay) {
        List<NetworkPolicy> policies = overlay.all(NetworkPolicy.class);

        assertThat(policies)
                .allSatisfy(policy -> assertThat(overlay.pods()).anyMatch(pod -> pod.isSelectedBy(selector(policy))));
        assertThat(policies).anySatisfy(policy -> {
            assertThat(selector(policy)).isEmpty();
            assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
            assertThat(policy.getSpec().getIngress()).isEmpty();
            assertThat(policy.getSpec().getEgress()).isEmpty();
        });
        assertThat(overlay.pods()).allSatisfy(pod -> assertThat(policies.stream()
                        .filter(policy -> pod.isSelectedBy(selector(policy)))
                        .flatMap(policy -> policy.getSpec().getIngress().stream())
                        .flatMap(rule -> rule.getPorts().stream())
                        .map(port -> port.getPort().getStrVal()))
                .containsExactly("management"));
    }

    @Test
    void onlyCaptureReachesMySqlInProduction() {
        assertThat(portsOut("floe-capture")).contains(53, 443, 3306);
        assertThat(portsOut("floe-load")).contains(53, 443).doesNotContain(3306);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noBudgetNailsAPodToItsNode(Manifests overlay) {
        assertThat(overlay.all(PodDisruptionBudget.class)).isNotEmpty().allSatisfy(budget -> {
            assertThat(budget.getSpec().getMinAvailable()).isNull();
            assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isPositive();
            assertThat(budget.getSpec().getUnhealthyPodEvictionPolicy()).isEqualTo("AlwaysAllow");
            assertThat(overlay.pods().stream()
                            .filter(pod -> pod.isSelectedBy(
                                    budget.getSpec().getSelector().getMatchLabels())))
                    .extracting(Pod::name)
                    .containsExactly("floe-load");
        });
    }

    @Test
    void prometheusFindsTheMetricsOfBothRoles() {
        assertThat(Overlays.productionWithComponents().all(ServiceMonitor.class))
                .singleElement()
                .satisfies(monitor -> {
                    Map<String, String> selector =
                            monitor.getSpec().getSelector().getMatchLabels();
                    List<Service> services = Overlays.productionWithComponents().all(Service.class);
                    assertThat(services).hasSize(2).allSatisfy(service -> assertThat(
                                    service.getMetadata().getLabels())
                            .containsAllEntriesOf(selector));
                    assertThat(monitor.getSpec().getEndpoints()).singleElement().satisfies(endpoint -> {
                        assertThat(endpoint.getPath()).isEqualTo("/q/metrics");
                        assertThat(services).allSatisfy(service -> assertThat(
                                        service.getSpec().getPorts())
                                .anyMatch(port -> port.getName().equals(endpoint.getPort())));
                    });
                });
    }

    @Test
    void eachAccountHasARoleOfItsOwnWhichCanBeTakenOn() {
        assertThat(Overlays.productionWithComponents().all(ServiceAccount.class))
                .extracting(account -> account.getMetadata().getAnnotations().get("eks.amazonaws.com/role-arn"))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allSatisfy(role -> assertThat(role).matches("arn:aws[a-z-]*:iam::[0-9]{12}:role/.+"));
        // The SDK exchanges the token of the ServiceAccount through its STS module, if it is there.
        assertThat(getClass().getClassLoader().getResource("software/amazon/awssdk/services/sts/StsClient.class"))
                .isNotNull();
    }

    private static Set<String> volumes(Pod pod) {
        Set<String> volumes = new TreeSet<>();
        pod.spec().getVolumes().forEach(volume -> volumes.add(volume.getName()));
        pod.set()
                .getSpec()
                .getVolumeClaimTemplates()
                .forEach(claim -> volumes.add(claim.getMetadata().getName()));
        return volumes;
    }

    private static Set<Integer> portsOut(String name) {
        Pod pod = Overlays.productionWithComponents().pod(name);
        return Overlays.productionWithComponents().all(NetworkPolicy.class).stream()
                .filter(policy -> pod.isSelectedBy(selector(policy)))
                .flatMap(policy -> policy.getSpec().getEgress().stream())
                .peek(rule -> assertThat(rule.getPorts()).as("ports of a rule").isNotEmpty())
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal())
                .collect(Collectors.toSet());
    }

    private static Map<String, String> selector(NetworkPolicy policy) {
        Map<String, String> labels = policy.getSpec().getPodSelector().getMatchLabels();
        return labels == null ? Map.of() : labels;
    }
}
