#!/usr/bin/env bash
# Reactor Netty's HttpServer.idleTimeout is documented as the time that a connection may be idle *between requests*. Of
# HTTP/1.1 that is so. A connection of HTTP/2 is ended after that time without a frame while a request is under way on it:
# whoever waits for a slow answer, or listens to a silent stream, loses it. http2Settings(pingAckTimeout) is the way out.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencyManagement><dependencies><dependency><groupId>io.netty</groupId><artifactId>netty-bom</artifactId>
<version>4.2.18.Final</version><type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement>
<dependencies><dependency><groupId>io.projectreactor.netty</groupId><artifactId>reactor-netty-http</artifactId>
<version>1.3.8</version></dependency></dependencies></project>
POM
mvn -B -ntp -q dependency:copy-dependencies -DoutputDirectory=lib
cat >Idle.java <<'JAVA'
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

public class Idle {
    public static void main(String[] arguments) {
        for (HttpProtocol protocol : new HttpProtocol[] {HttpProtocol.HTTP11, HttpProtocol.H2C}) {
            var server = HttpServer.create().host("127.0.0.1").port(0).protocol(protocol)
                    .idleTimeout(Duration.ofSeconds(1))
                    .handle((request, response) ->
                            response.sendString(Mono.delay(Duration.ofSeconds(3)).map(n -> "answer")))
                    .bindNow();
            String got = HttpClient.newConnection().protocol(protocol).get()
                    .uri("http://127.0.0.1:" + server.port() + "/").responseContent().aggregate().asString()
                    .onErrorResume(broken -> Mono.just("cut: " + broken.getClass().getSimpleName()))
                    .block(Duration.ofSeconds(20));
            System.out.println(protocol + " " + got);
            server.disposeNow();
        }
    }
}
JAVA
echo "version: reactor-netty-http 1.3.8, netty 4.2.18.Final"
java -cp 'lib/*' Idle.java 2>/dev/null | tee seen
grep -q '^HTTP11 answer$' seen || { echo "changed: HTTP/1.1"; exit 1; }
grep -q '^H2C cut' seen || { echo "changed: the request of HTTP/2 outlives the limit"; exit 1; }
echo "as found: with an idle timeout of 1 s an answer after 3 s arrives over HTTP/1.1 and is cut off over HTTP/2"
