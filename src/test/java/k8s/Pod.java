package k8s;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The pod that a StatefulSet makes, with its one container. */
record Pod(StatefulSet set) {

    /** A key of a Secret. */
    record SecretKey(String secret, String key) {}

    String name() {
        return set.getMetadata().getName();
    }

    Map<String, String> labels() {
        return set.getSpec().getTemplate().getMetadata().getLabels();
    }

    PodSpec spec() {
        return set.getSpec().getTemplate().getSpec();
    }

    Container container() {
        return spec().getContainers().get(0);
    }

    /** The environment; what is not a plain value is the path of its field, or null. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvVar variable : container().getEnv()) {
            var from = variable.getValueFrom();
            environment.put(
                    variable.getName(),
                    from == null || from.getFieldRef() == null
                            ? variable.getValue()
                            : from.getFieldRef().getFieldPath());
        }
        return environment;
    }

    /** What the environment and the volumes take from Secrets. */
    Set<SecretKey> secrets() {
        Set<SecretKey> secrets = container().getEnv().stream()
                .map(EnvVar::getValueFrom)
                .filter(from -> from != null && from.getSecretKeyRef() != null)
                .map(from -> new SecretKey(
                        from.getSecretKeyRef().getName(), from.getSecretKeyRef().getKey()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (Volume volume : spec().getVolumes()) {
            SecretVolumeSource secret = volume.getSecret();
            if (secret != null) {
                for (KeyToPath item : secret.getItems()) {
                    secrets.add(new SecretKey(secret.getSecretName(), item.getKey()));
                }
            }
        }
        return secrets;
    }

    /** The files that Secrets are mounted as. */
    Set<String> secretFiles() {
        return spec().getVolumes().stream()
                .filter(volume -> volume.getSecret() != null)
                .flatMap(volume -> volume.getSecret().getItems().stream()
                        .map(item -> mountPath(volume.getName()) + "/" + item.getPath()))
                .collect(Collectors.toSet());
    }

    /** Where the container sees {@code volume}. */
    String mountPath(String volume) {
        return container().getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(volume))
                .map(VolumeMount::getMountPath)
                .findFirst()
                .orElseThrow();
    }

    /** The names of the ConfigMaps that are mounted, by volume. */
    Map<String, String> configMaps() {
        return spec().getVolumes().stream()
                .filter(volume -> volume.getConfigMap() != null)
                .collect(Collectors.toMap(
                        Volume::getName, volume -> volume.getConfigMap().getName()));
    }

    /** Whether {@code selector} selects it. */
    boolean isSelectedBy(Map<String, String> selector) {
        return labels().entrySet().containsAll(selector.entrySet());
    }

    @Override
    public String toString() {
        return name();
    }
}
