# Broker, store and inbox of one machine, for tests and for trying things out where Kafka's and MongoDB's own images cannot
# be had. The build script stages the jars as app/.
ARG BASE=eclipse-temurin:25-jre
FROM ${BASE}
WORKDIR /opt/slipway
COPY app/lib/ lib/
COPY --chown=10001:10001 data/ /data/
USER 10001:10001
EXPOSE 9092 27017 2525 8025
ENTRYPOINT ["java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", "--sun-misc-unsafe-memory-access=allow", "-cp", "lib/*", "dev.slipway.platform.PlatformMain"]
CMD ["--home", "/data", "--bind", "0.0.0.0", "--advertise", "localhost", "--kafka-port", "9092", "--controller-port", "9093", "--mongo-port", "27017", "--smtp-port", "2525", "--slack-port", "8025"]
