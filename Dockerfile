# The application on a JVM. Build the application first, with ./mvnw package; then
#
#     docker build -t floe .
#     docker run --read-only --tmpfs /tmp -v floe-state:/floe/state -v "$PWD/config:/floe/config:ro" --env-file secrets floe
#
# A base of your own needs a java 17 or newer on its path: --build-arg BASE=registry.access.redhat.com/ubi9/openjdk-17-runtime
ARG BASE=docker.io/library/eclipse-temurin:17-jre
FROM ${BASE}

ARG VERSION=unreleased
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Floe" \
      org.opencontainers.image.description="Keeps Snowflake tables equal to MySQL tables, change by change" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

# Some bases name a user of their own, who may not write below /.
USER 0
WORKDIR /floe
# A new volume takes over the owner; all else below / is only read.
RUN mkdir -m 0750 state && chown 10001:10001 state

# What changes least comes first, so that a new version of Floe is a layer of less than a megabyte.
COPY target/quarkus-app/lib/ lib/
COPY target/quarkus-app/quarkus-run.jar ./
COPY target/quarkus-app/quarkus/ quarkus/
COPY target/quarkus-app/app/ app/

# As measured (docs/performance.md). Set it anew to change it: docker run -e JAVA_TOOL_OPTIONS=...
# Out of memory, the process ends and is started again, where it would otherwise fail at one thing after the other.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=45 -XX:+UseParallelGC -XX:+ExitOnOutOfMemoryError"
# A native library that the Snowflake driver would unpack and load; Floe uses nothing of it.
ENV SNOWFLAKE_DISABLE_MINICORE=true

USER 10001:10001
# Health and metrics, for the orchestrator: it does the health check, so there is none in here.
EXPOSE 9000
# The user has no home; caches of libraries go where everything may be lost.
ENTRYPOINT ["java", "-Duser.home=/tmp", "-jar", "/floe/quarkus-run.jar"]
