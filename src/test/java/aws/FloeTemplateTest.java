package aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FloeTemplateTest {

    private static final Specification SPECIFICATION = specification();
    private static final Template FLOE = template(Path.of("aws/floe.yaml"));
    private static final String QUEUES =
            "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-loader-*";

    @ParameterizedTest
    @MethodSource("templates")
    void eachTemplateIsAsCloudFormationWantsIt(Path file) {
        assertThat(problems(template(file))).isEmpty();
    }

    static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("aws"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }

    /** What is in the template, an error in its place, and a part of what is said of it. */
    record Seeded(String there, String instead, String problem) {}

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorIsFound(Seeded error) {
        Template wrong = FLOE.with(error.there(), error.instead());

        assertThat(problems(wrong)).anyMatch(problem -> problem.contains(error.problem()));
    }

    static List<Seeded> errors() {
        return List.of(
                // Types and names
                new Seeded("AWS::Kinesis::Stream", "AWS::Kinesis::Streem", "is of type AWS::Kinesis::Streem"),
                new Seeded("RetentionPeriodHours:", "RetentionPeriod:", "Stream.RetentionPeriod is unknown"),
                new Seeded("IntervalInSeconds:", "Interval:", "BufferingHints.Interval is unknown"),
                new Seeded("DependsOn: EventsPolicy", "DependOn: EventsPolicy", "Bucket.DependOn is no part"),
                // What must be there
                new Seeded("GroupDescription: Who", "GroupName: Who", "GroupDescription is missing"),
                new Seeded("IpProtocol: tcp", "CidrIp: tcp", "SecurityGroupIngress[0].IpProtocol is missing"),
                new Seeded("Family: !Sub mysql${MySqlVersion}", "Family: !Ref AWS::NoValue", "Family is missing"),
                // Values
                new Seeded("Type: RecordDeAggregation", "Type: RecordDeaggregation", "Type is \"RecordDeaggregation\""),
                new Seeded("[IsOnDemand, ON_DEMAND,", "[IsOnDemand, DEMAND,", "StreamMode is \"DEMAND\""),
                new Seeded("StorageEncrypted: true", "StorageEncrypted: soon", "it should be true or false"),
                new Seeded("FromPort: 3306", "FromPort: mysql", "it should be a whole number"),
                new Seeded("Threshold: 600000", "Threshold: [600000]", "it should be a number"),
                new Seeded("MasterUsername: admin", "MasterUsername: 1", "it should be text"),
                new Seeded("VPCSecurityGroups: [!Ref MySqlSecurityGroup]", "VPCSecurityGroups: no", "should be a list"),
                // References
                new Seeded(
                        "BackupRetentionPeriod: 7", "BackupRetentionPeriod: !Ref MultiAz", "BackupRetentionPeriod is"),
                new Seeded("VpcId: !Ref VpcId", "VpcId: !Ref SubnetIds", "MySqlSecurityGroup.VpcId is"),
                new Seeded("MultiAZ: !Ref MultiAz", "MultiAZ: !Ref VpcId", "it should be true or false"),
                new Seeded("!Ref MySqlParameters\n      DBSubnet", "!Ref None\n      DBSubnet", "refers to None"),
                new Seeded("Value: !GetAtt LoadRole.Arn", "Value: !GetAtt LoadRole.Name", "asks for Name of LoadRole"),
                new Seeded("Value: !GetAtt LoadRole.Arn", "Value: !GetAtt LoadRoll.Arn", "refers to LoadRoll"),
                new Seeded("Value: !GetAtt LoadRole.Arn", "Value: !Ref LoadIdentity", "which is not always there"),
                new Seeded("kinesis.stream=${Stream}", "kinesis.stream=${Streem}", "refers to Streem"),
                new Seeded("${MySql.Endpoint.Port}", "${MySql.Endpoint.Ports}", "asks for Endpoint.Ports of MySql"),
                new Seeded("!Condition UsesOidc", "!Condition UsesOid", "refers to the condition UsesOid"),
                new Seeded("DependsOn: EventsPolicy", "DependsOn: EventPolicy", "Bucket refers to EventPolicy"),
                new Seeded("!Ref FreshnessSeconds", "900", "Nothing uses the parameter FreshnessSeconds"),
                new Seeded(
                        "Conditions:\n", "Conditions:\n  Idle: !Equals [1, 2]\n", "Nothing uses the condition Idle"));
    }

    @Test
    void aPropertyThatIsThereTwiceIsFound() {
        assertThatThrownBy(() -> FLOE.with("MultiAZ: !Ref MultiAz", "Engine: mysql"))
                .hasMessage("Engine is there twice");
    }

    @Test
    void captureMayDoWhatItDoesAndNothingElse() {
        assertThat(grants("CaptureRole"))
                .containsExactlyInAnyOrder(
                        "kinesis:PutRecords Stream.Arn",
                        "s3:PutObject ${Bucket.Arn}/oversize/*",
                        // floe.requests.ReceivedRequests
                        "s3:ListBucket Bucket.Arn",
                        "s3:GetObject ${Bucket.Arn}/requests/*",
                        "s3:DeleteObject ${Bucket.Arn}/requests/*");
    }

    @Test
    void loadMayDoWhatItDoesAndNothingElse() {
        assertThat(grants("LoadRole"))
                .containsExactlyInAnyOrder(
                        // floe.staging.StagedFiles, and 404 for a file that is gone
                        "s3:ListBucket Bucket.Arn",
                        // floe.load.StagedObjects, floe.oversize.OversizeRows
                        "s3:GetObject ${Bucket.Arn}/staging/*",
                        "s3:GetObject ${Bucket.Arn}/oversize/*",
                        "s3:PutObject ${Bucket.Arn}/archive/*",
                        // floe.requests.SentRequests, which also looks whether they are taken
                        "s3:PutObject ${Bucket.Arn}/requests/*",
                        "s3:GetObject ${Bucket.Arn}/requests/*",
                        // floe.ledger.LedgerObjects
                        "s3:GetObject ${Bucket.Arn}/ledger/*",
                        "s3:PutObject ${Bucket.Arn}/ledger/*",
                        "s3:DeleteObject ${Bucket.Arn}/ledger/*",
                        "s3:AbortMultipartUpload ${Bucket.Arn}/archive/*",
                        "s3:DeleteObject ${Bucket.Arn}/staging/*",
                        // routes.DeadLetterRoute
                        "s3:PutObject ${Bucket.Arn}/dead-letter/*",
                        // floe.letters.Replay
                        "s3:GetObject ${Bucket.Arn}/dead-letter/*",
                        "s3:DeleteObject ${Bucket.Arn}/dead-letter/*",
                        "s3:PutObject ${Bucket.Arn}/staging/*",
                        "s3:PutObject ${Bucket.Arn}/replayed/*",
                        // The loader's own queue
                        "sqs:ReceiveMessage " + QUEUES,
                        "sqs:DeleteMessage " + QUEUES);
    }

    @Test
    void nothingExpiresThatSomeoneMayStillNeed() {
        JsonNode rules = FLOE.resources().at("/Bucket/Properties/LifecycleConfiguration/Rules");

        assertThat(rules)
                .filteredOn(rule -> rule.has("ExpirationInDays"))
                .extracting(rule -> rule.path("Prefix").asText())
                .containsExactly("archive/", "replayed/");
    }

    @Test
    void theOutputsAreSettingsOfFloe() throws IOException {
        Properties shipped = new Properties();
        try (InputStream file = FloeTemplateTest.class.getResourceAsStream("/application.properties")) {
            shipped.load(file);
        }
        Properties given = new Properties();
        for (String output : List.of("Configuration", "ConfigurationOfMySql", "ConfigurationOfEvents")) {
            given.load(new StringReader(
                    FLOE.outputs().path(output).at("/Value/Fn::Sub").asText()));
        }

        assertThat(given.stringPropertyNames()).isNotEmpty().isSubsetOf(shipped.stringPropertyNames());
    }

    @Test
    void theGuideNamesParametersAndOutputsThatThereAre() throws IOException {
        String guide = Files.readString(Path.of("docs/deploy.md"));
        Set<String> parameters = new HashSet<>();
        for (Path file : templates()) {
            template(file).parameters().fieldNames().forEachRemaining(parameters::add);
        }

        assertThat(found(guide, "(?s)--parameter-overrides.*?[^\\\\]\n"))
                .isNotEmpty()
                .flatExtracting(overrides -> found(overrides, "[A-Z]\\w+(?==)"))
                .isSubsetOf(parameters);
        assertThat(found(guide, "(?<=output )[A-Z]\\w+"))
                .isNotEmpty()
                .allSatisfy(output ->
                        assertThat(FLOE.outputs().has(output)).as(output).isTrue());
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** Action and resource of each statement of a role's policies. */
    private static List<String> grants(String role) {
        List<String> grants = new ArrayList<>();
        for (JsonNode policy : FLOE.resources().path(role).at("/Properties/Policies")) {
            for (JsonNode statement : policy.at("/PolicyDocument/Statement")) {
                assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
                for (JsonNode action : list(statement.path("Action"))) {
                    for (JsonNode resource : list(statement.path("Resource"))) {
                        grants.add(action.asText() + " " + text(resource));
                    }
                }
            }
        }
        return grants;
    }

    private static List<JsonNode> list(JsonNode oneOrMore) {
        return oneOrMore.isArray()
                ? StreamSupport.stream(oneOrMore.spliterator(), false).toList()
                : List.of(oneOrMore);
    }

    private static String text(JsonNode resource) {
        JsonNode attribute = resource.path("Fn::GetAtt");
        return attribute.isMissingNode()
                ? resource.path("Fn::Sub").asText()
                : attribute.path(0).asText() + "." + attribute.path(1).asText();
    }

    private static List<String> problems(Template template) {
        List<String> problems = new ArrayList<>(PropertyCheck.run(template, SPECIFICATION));
        problems.addAll(ReferenceCheck.run(template, SPECIFICATION));
        return problems;
    }

    private static Template template(Path file) {
        try {
            return Template.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Specification specification() {
        try {
            return Specification.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
