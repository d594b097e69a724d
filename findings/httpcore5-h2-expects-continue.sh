#!/usr/bin/env bash
# The HTTP/2 requester of Apache HttpCore 5 puts "expect: 100-continue" on every request that has a body, unasked, and holds
# the body back until a 100 comes, without a limit of time. The timeout that execute takes is that of the connection. A
# server of gRPC never says 100, so a call is never answered and nothing fails: the future just stays open.
# A processor without RequestExpectContinue mends it.
# Seen with httpcore5-h2 5.4.4 and grpc-java 1.84.1. Needs a JDK 17 or newer and Maven; exits with 1 if it is no longer so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>expects</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.httpcomponents.core5</groupId><artifactId>httpcore5-h2</artifactId><version>5.4.4</version></dependency>
    <dependency><groupId>io.grpc</groupId><artifactId>grpc-netty-shaded</artifactId><version>1.84.1</version></dependency>
    <dependency><groupId>io.grpc</groupId><artifactId>grpc-stub</artifactId><version>1.84.1</version></dependency>
  </dependencies>
</project>
XML
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=jars
cat > Expects.java <<'JAVA'
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.*;
import java.net.*;
import java.util.concurrent.*;
import org.apache.hc.core5.http.*;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.*;
import org.apache.hc.core5.http.nio.support.*;
import org.apache.hc.core5.http.protocol.*;
import org.apache.hc.core5.http2.impl.nio.bootstrap.*;
import org.apache.hc.core5.http2.protocol.*;
import org.apache.hc.core5.util.Timeout;

public class Expects {
  static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    public InputStream stream(byte[] value) { return new ByteArrayInputStream(value); }
    public byte[] parse(InputStream stream) {
      try { return stream.readAllBytes(); } catch (IOException e) { throw new UncheckedIOException(e); }
    }
  }

  static String call(HttpProcessor processor, int port) throws Exception {
    H2MultiplexingRequesterBootstrap bootstrap = H2MultiplexingRequesterBootstrap.bootstrap();
    if (processor != null) { bootstrap.setHttpProcessor(processor); }
    H2MultiplexingRequester requester = bootstrap.create();
    requester.start();
    BasicHttpRequest call = new BasicHttpRequest(Method.POST, URI.create("http://127.0.0.1:" + port + "/it.Words/Echo"));
    call.addHeader("te", "trailers");
    byte[] empty = new byte[5]; // one message of gRPC, of no length
    Future<Message<HttpResponse, byte[]>> answer = requester.execute(
        new BasicRequestProducer(call, new BasicAsyncEntityProducer(empty, ContentType.create("application/grpc"))),
        new BasicResponseConsumer<byte[]>(new BasicAsyncEntityConsumer()), Timeout.ofSeconds(1), null);
    try {
      return "answered " + answer.get(5, TimeUnit.SECONDS).getHead().getCode();
    } catch (TimeoutException open) {
      return "still open after 5 s, done: " + answer.isDone();
    }
  }

  public static void main(String[] arguments) throws Exception {
    MethodDescriptor<byte[], byte[]> echo = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
        .setType(MethodDescriptor.MethodType.UNARY).setFullMethodName("it.Words/Echo").build();
    int port = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0), InsecureServerCredentials.create())
        .addService(ServerServiceDefinition.builder("it.Words").addMethod(echo, ServerCalls.<byte[], byte[]>asyncUnaryCall(
            (asked, answer) -> { answer.onNext(asked); answer.onCompleted(); })).build())
        .build().start().getPort();
    HttpProcessor plain = HttpProcessorBuilder.create()
        .addAll(H2RequestTargetHost.INSTANCE, H2RequestContent.INSTANCE).build();
    call(plain, port); // the first call loads the server
    System.out.println("without RequestExpectContinue: " + call(plain, port));
    System.out.println("as it comes: " + call(null, port));
    System.exit(0);
  }
}
JAVA
seen=$(java -cp 'jars/*' Expects.java 2>/dev/null)
echo "httpcore5-h2 5.4.4, a call of gRPC:"
echo "$seen"
[ "$seen" = "without RequestExpectContinue: answered 200
as it comes: still open after 5 s, done: false" ] || { echo "changed: this finding no longer holds" >&2; exit 1; }
