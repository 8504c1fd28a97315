package routes;

import floe.letters.DeadLetters;
import floe.load.Answer;
import floe.load.Call;
import floe.load.Steps;
import floe.progress.Work;
import floe.snowflake.Failures;
import floe.snowflake.TableUnready;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * Takes the steps that load a file: procedure calls and dead letters.
 *
 * <p>A table that cannot take its call is left out, and the file is loaded again for it; its other tables go on. While Snowflake is
 * unwell a call is repeated, with growing pauses and a bound, and then fails its file; one that may be too much for Snowflake is
 * made in halves instead. A call that
 * is refused for its data is halved until the unfit changes are found; these become dead letters and all others are
 * applied, in order.
 */
public class ApplyChangesRoute extends EndpointRouteBuilder {

    /** A call that failed so often, and once before, and may be too much, is made in two halves. */
    private static final int REPEATED_BEFORE_HALVED = 2;

    @Override
    public void configure() {
        // What fails here fails its file, and S3ToSnowflakeRoute tells why.
        errorHandler(defaultErrorHandler().logExhausted(false));

        onException(SQLException.class)
                .onWhen(ApplyChangesRoute::isTooMuch)
                .maximumRedeliveries(REPEATED_BEFORE_HALVED)
                .redeliveryDelay("{{bean:loadSettings.retryMillis}}")
                .useExponentialBackOff()
                .onExceptionOccurredRef("failedCalls")
                .retryAttemptedLogLevel(LoggingLevel.DEBUG)
                .logExhausted(false);

        onException(SQLException.class)
                .onWhen(ApplyChangesRoute::isUnwell)
                .maximumRedeliveries("{{load.retries}}")
                // Camel takes no units here, and says so only once it would repeat.
                .redeliveryDelay("{{bean:loadSettings.retryMillis}}")
                .useExponentialBackOff()
                .onExceptionOccurredRef("failedCalls")
                .retryAttemptedLogLevel(LoggingLevel.DEBUG)
                .logExhausted(false);

        // fmt:off
        from(direct("take-step"))
            .routeId("take-step")
            .routeDescription("Applies changes, or keeps dead letters")
            .precondition("{{load.enabled}}")
            .choice().id("calls-or-letters")
                .when(body().isInstanceOf(DeadLetters.class)).id("is-letters")
                    .to(direct("dead-letter")).id("keep-unfit-lines")
                .otherwise().id("is-call")
                    .doTry().id("unless-unready")
                        .to(direct("apply-changes")).id("apply-call")
                    .doCatch(Exception.class).onWhen(ApplyChangesRoute::isOfOneTable).id("table-unready")
                        .process(ApplyChangesRoute::leaveTableOut).id("leave-table-out")
                    .end()
            .end();

        from(direct("apply-changes"))
            .routeId("apply-changes")
            .routeDescription("Finds the unfit changes of a refused call by halving it")
            .precondition("{{load.enabled}}")
            .setVariable(Call.VARIABLE, body()).id("keep-call")
            .doTry().id("unless-refused")
                .to(direct("call-procedure")).id("make-call")
            .doCatch(SQLException.class).onWhen(ApplyChangesRoute::isToBeHalved).id("call-refused")
                .setBody(exchange -> call(exchange).halves()).id("halve-call")
                .choice().id("halves-or-one-change")
                    .when(ApplyChangesRoute::cannotBeHalved).id("is-one-change")
                        .setBody(ApplyChangesRoute::deadLetters).id("find-unfit-line")
                        .to(direct("dead-letter")).id("keep-unfit-line")
                    .otherwise().id("has-halves")
                        .split(body()).stopOnException().id("each-half")
                            .to(direct("apply-changes")).id("apply-half")
                        .end()
                .end()
            .end();

        from(direct("call-procedure"))
            .routeId("call-procedure")
            .routeDescription("Calls the procedure of one table, and sees to what it left out")
            .precondition("{{load.enabled}}")
            .bean("progress", "taking").id("note-call")
            .setHeader(JdbcConstants.JDBC_PARAMETERS).exchange(exchange -> call(exchange).parameters()).id("set-values")
            .setBody(exchange -> call(exchange).sql()).id("set-statement")
            .to(jdbc("warehouse").useHeadersAsParameters(true).resetAutoCommit(false)).id("call-snowflake")
            .setBody(ApplyChangesRoute::leftOut).id("read-answer")
            .split(body()).stopOnException().id("each-left-out")
                .to(direct("take-step")).id("take-left-out")
            .end();
        // fmt:on
    }

    /** In Java rather than in the simple language, which remembers the objects that it was used on. */
    private static Call call(Exchange exchange) {
        return exchange.getVariable(Call.VARIABLE, Call.class);
    }

    private static boolean cannotBeHalved(Exchange exchange) {
        return exchange.getMessage().getBody(List.class).isEmpty();
    }

    private static List<Work> leftOut(Exchange exchange) {
        return call(exchange).leftOut(Answer.text(exchange.getMessage().getBody()));
    }

    private static DeadLetters deadLetters(Exchange exchange) {
        return call(exchange).refused(refusal(exchange).getMessage());
    }

    /** Whether the call may succeed in halves, and can be halved. */
    private static boolean isTooMuch(Exchange exchange) {
        SQLException failure = failure(exchange, SQLException.class);
        return failure != null
                && Failures.isTooMuch(failure)
                && !call(exchange).halves().isEmpty();
    }

    private static boolean isToBeHalved(Exchange exchange) {
        return isUnfit(exchange) || isTooMuch(exchange);
    }

    /** Whether calls may be repeated until they succeed. */
    private static boolean isUnwell(Exchange exchange) {
        return !isUnfit(exchange) && !isOfOneTable(exchange);
    }

    /** Whether what failed is no reason to leave out other tables of the file. */
    private static boolean isOfOneTable(Exchange exchange) {
        return unready(exchange).isPresent();
    }

    private static void leaveTableOut(Exchange exchange) {
        exchange.getVariable(Steps.VARIABLE, Steps.class)
                .leaveOut(unready(exchange).orElseThrow());
    }

    private static Optional<TableUnready> unready(Exchange exchange) {
        return call(exchange).unready(failure(exchange, Exception.class));
    }

    private static boolean isUnfit(Exchange exchange) {
        SQLException refusal = refusal(exchange);
        return refusal != null && Failures.isUnfit(refusal);
    }

    private static SQLException refusal(Exchange exchange) {
        return failure(exchange, SQLException.class);
    }

    private static <E extends Exception> E failure(Exchange exchange, Class<E> type) {
        // Camel holds it in the one place while it looks for the clause, in the other while it is in it.
        E looking = exchange.getException(type);
        return looking != null ? looking : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, type);
    }
}
