package k8s;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Kubernetes resources into fabric8's models, which are generated from the schemas of Kubernetes and of the
 * Prometheus operator, as strictly as an API server with field validation: a field that the schema lacks, one that is
 * there twice, and a value of another type are refused.
 */
final class StrictYaml {

    private static final Map<String, Class<?>> MODELS = models(
            ConfigMap.class,
            Namespace.class,
            NetworkPolicy.class,
            PodDisruptionBudget.class,
            PrometheusRule.class,
            Service.class,
            ServiceAccount.class,
            ServiceMonitor.class,
            StatefulSet.class,
            StorageClass.class);

    private static final YAMLMapper MAPPER = mapper();

    private StrictYaml() {}

    /** The resources in {@code yaml}, each of its model's class. */
    static List<Object> resources(String yaml) throws IOException {
        List<Object> resources = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                MAPPER.readerFor(JsonNode.class).readValues(yaml)) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                if (!document.isNull()) {
                    resources.add(resource(document));
                }
            }
        }
        return resources;
    }

    private static Object resource(JsonNode document) throws IOException {
        String kind = document.path("apiVersion").asText() + "/"
                + document.path("kind").asText();
        Class<?> model = MODELS.get(kind);
        if (model == null) {
            throw new IOException("No model of " + kind);
        }
        if (document.at("/metadata/name").asText().isEmpty()) {
            throw new IOException(kind + " without metadata.name");
        }
        return MAPPER.treeToValue(document, model);
    }

    @SafeVarargs
    private static Map<String, Class<?>> models(Class<? extends HasMetadata>... classes) {
        Map<String, Class<?>> models = new HashMap<>();
        for (Class<? extends HasMetadata> model : classes) {
            models.put(HasMetadata.getApiVersion(model) + "/" + HasMetadata.getKind(model), model);
        }
        models.put("external-secrets.io/v1/ExternalSecret", ExternalSecret.class);
        return models;
    }

    private static YAMLMapper mapper() {
        YAMLMapper mapper = YAMLMapper.builder()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .annotationIntrospector(new NothingCatchesAll())
                .build();
        for (CoercionInputShape shape :
                List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }

    /** The models keep fields that they do not know in a map; without it these are unknown, hence refused. */
    private static final class NothingCatchesAll extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
