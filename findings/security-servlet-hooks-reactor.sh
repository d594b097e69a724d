#!/usr/bin/env bash
# A servlet application with Spring Security's resource server and Spring's WebClient on its class path gets a hook of
# Reactor from @EnableWebSecurity alone: no reactive chain is configured, no WebClient is made. The hook holds for the
# whole process: from then on a pipeline of somebody else, a Reactor Netty server's beside it for example, has an operator
# of Spring Security in it for every subscription. Closing the context takes it away again.
# Needs a JDK 17 or newer and Maven. Exits with 1 if any of this is no longer so.
set -euo pipefail
SECURITY=7.1.2
SPRING=7.0.10
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>hooks</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.springframework.security</groupId><artifactId>spring-security-config</artifactId><version>$SECURITY</version></dependency>
    <dependency><groupId>org.springframework.security</groupId><artifactId>spring-security-web</artifactId><version>$SECURITY</version></dependency>
    <dependency><groupId>org.springframework.security</groupId><artifactId>spring-security-oauth2-resource-server</artifactId><version>$SECURITY</version></dependency>
    <dependency><groupId>org.springframework</groupId><artifactId>spring-webmvc</artifactId><version>$SPRING</version></dependency>
    <dependency><groupId>org.springframework</groupId><artifactId>spring-webflux</artifactId><version>$SPRING</version></dependency>
    <dependency><groupId>jakarta.servlet</groupId><artifactId>jakarta.servlet-api</artifactId><version>6.1.0</version></dependency>
  </dependencies>
</project>
XML
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=jars
cat > Hooked.java <<'JAVA'
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

public class Hooked {
  @Configuration
  @EnableWebSecurity
  static class Secured {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(all -> all.anyRequest().denyAll()).build();
    }
  }

  /** Who subscribes to a source that has nothing to do with Spring. */
  static String given() {
    String[] seen = new String[1];
    new Flux<Integer>() {
      @Override
      public void subscribe(CoreSubscriber<? super Integer> subscriber) {
        seen[0] = subscriber.getClass().getName();
        Operators.complete(subscriber);
      }
    }.subscribe(value -> {});
    return seen[0];
  }

  public static void main(String[] arguments) {
    String before = given();
    var context = new AnnotationConfigWebApplicationContext();
    context.register(Secured.class);
    context.refresh();
    String during = given();
    context.close();
    String after = given();
    System.out.println("before the context:      " + before);
    System.out.println("with @EnableWebSecurity: " + during);
    System.out.println("after it is closed:      " + after);
    boolean as = before.startsWith("reactor.") && during.startsWith("org.springframework.security.") && after.equals(before);
    System.exit(as ? 0 : 1);
  }
}
JAVA
echo "spring-security $SECURITY, spring-framework $SPRING"
java -cp "jars/*" Hooked.java
