# One image per service. The build script stages the libraries and the jar of one service as app/.
ARG BASE=eclipse-temurin:25-jre
FROM ${BASE}
# Debian packages that the service needs beside the base's own: release-service and validation-service run git.
ARG PACKAGES=""
RUN for package in ${PACKAGES}; do \
      command -v "$package" >/dev/null || { apt-get update && apt-get install -y --no-install-recommends "$package" ca-certificates && rm -rf /var/lib/apt/lists/*; }; \
    done
WORKDIR /opt/slipway
# Libraries change seldom, the service often: two layers.
COPY app/lib/ lib/
COPY app/app.jar ./
COPY --chown=10001:10001 data/ /var/lib/slipway/
USER 10001:10001
EXPOSE 8080
# The gateway's front, where applications are reached.
EXPOSE 8000
ENV SERVER_ADDRESS=0.0.0.0 SERVER_PORT=8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", "-jar", "app.jar"]
