# The application on a JVM. Build it with ./mvnw package first.
FROM eclipse-temurin:17-jre
WORKDIR /floe
COPY target/quarkus-app/ /floe/
USER 10001:10001
EXPOSE 9000
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=45", "-XX:+UseParallelGC", "-jar", "/floe/quarkus-run.jar"]
