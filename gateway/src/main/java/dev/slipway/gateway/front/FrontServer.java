package dev.slipway.gateway.front;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import reactor.core.publisher.Hooks;

/**
 * Runs the front beside the API, in the same process and in a context of its own: the API's is a servlet one. What both
 * need is handed over as objects. The port that it got is told in the API's environment as {@value #PORT_PROPERTY}.
 */
public final class FrontServer implements SmartLifecycle {
    public static final String PORT_PROPERTY = "local.front.port";

    private static final Logger LOG = LoggerFactory.getLogger(FrontServer.class);
    /**
     * Spring Security of the API puts this around every reactive step of the whole process, to carry who is logged in. Nobody
     * is on the front, and it costs a tenth of its time.
     */
    private static final String SECURITY_HOOK = "org.springframework.security.SECURITY_REACTOR_CONTEXT_OPERATOR";

    /** What stands below is Spring Boot's {@code server.ssl}, of the front. */
    private static final String TLS = "slipway.front.ssl";

    private static final String SHUTDOWN_WITHIN = "spring.lifecycle.timeout-per-shutdown-phase";
    private static final Duration SHUTDOWN_WITHIN_DEFAULT = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private static final int AFTER_THE_TABLES = SmartLifecycle.DEFAULT_PHASE - 4096;

    private final FrontSettings settings;
    private final Reception reception;
    private final SideClients clients;
    private final OpenConnections connections;
    private final SslBundles bundles;
    private final BooleanSupplier tablesRead;
    private final ConfigurableEnvironment told;
    private final Map<String, String> tls;
    private volatile @Nullable AnnotationConfigReactiveWebServerApplicationContext context;

    FrontServer(
            FrontSettings settings,
            Reception reception,
            SideClients clients,
            OpenConnections connections,
            SslBundles bundles,
            BooleanSupplier tablesRead,
            ConfigurableEnvironment told) {
        this.settings = settings;
        this.reception = reception;
        this.clients = clients;
        this.connections = connections;
        this.bundles = bundles;
        this.tablesRead = tablesRead;
        this.told = told;
        this.tls = Binder.get(told)
                .bind(TLS, Bindable.mapOf(String.class, String.class))
                .orElse(Map.of());
    }

    @Override
    public synchronized void start() {
        if (settings.shared() && anotherServes()) {
            awaitTables();
        }
        Hooks.resetOnLastOperator(SECURITY_HOOK);
        AnnotationConfigReactiveWebServerApplicationContext started =
                new AnnotationConfigReactiveWebServerApplicationContext();
        started.setEnvironment(environment());
        started.setDisplayName("front");
        started.registerBean(FrontSettings.class, () -> settings);
        started.registerBean(Reception.class, () -> reception);
        started.registerBean(SideClients.class, () -> clients, notItsOwn -> notItsOwn.setDestroyMethodName(""));
        started.registerBean(OpenConnections.class, () -> connections);
        started.registerBean(SslBundles.class, () -> bundles);
        started.register(FrontConfiguration.class);
        started.refresh();
        context = started;
        told.getPropertySources().addFirst(new MapPropertySource("front", Map.of(PORT_PROPERTY, port())));
        LOG.info("The front listens on {}:{}", settings.address().getHostAddress(), port());
    }

    private boolean anotherServes() {
        InetAddress bound = settings.address();
        InetAddress asked = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(asked, settings.port()),
                    Math.toIntExact(settings.connectWithin().toMillis()));
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Users are served meanwhile; who listens beside gets some of them at once, and must know where to send them. */
    private void awaitTables() {
        long until = System.nanoTime() + settings.tablesWithin().toNanos();
        try {
            while (!tablesRead.getAsBoolean() && System.nanoTime() < until) {
                Thread.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each context reads its own properties; these are the web server's. */
    private ConfigurableEnvironment environment() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.address", settings.address().getHostAddress());
        properties.put("server.port", settings.port());
        properties.put("server.shutdown", "graceful");
        properties.put("server.max-http-request-header-size", settings.headersMax());
        properties.put("server.netty.max-initial-line-length", settings.targetMax());
        properties.put("server.netty.idle-timeout", settings.clientIdle());
        properties.put("server.netty.max-keep-alive-requests", -1);
        properties.put(SHUTDOWN_WITHIN, told.getProperty(SHUTDOWN_WITHIN, SHUTDOWN_WITHIN_DEFAULT.toString()));
        properties.put("server.http2.enabled", true);
        tls.forEach((key, value) -> properties.put("server.ssl." + key, value));
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("front", properties));
        return environment;
    }

    /** The port that it listens on. */
    public int port() {
        AnnotationConfigReactiveWebServerApplicationContext running = context;
        if (running == null || running.getWebServer() == null) {
            throw new IllegalStateException("The front is not running");
        }
        return running.getWebServer().getPort();
    }

    /** Where this very process reaches its front, without a slash at the end. */
    public URI self() {
        InetAddress bound = settings.address();
        return URI.create(origin(host(bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound)));
    }

    /**
     * Where somebody else reaches it, without a slash at the end. Where it listens on all addresses, none of them is one to
     * be told: the name by which they reached the API leads to this machine, so it leads here too.
     */
    String seenBy(String apiHost) {
        InetAddress bound = settings.address();
        return origin(bound.isAnyLocalAddress() ? apiHost : host(bound));
    }

    private String origin(String host) {
        return (tls.isEmpty() ? "http://" : "https://") + host + ":" + port();
    }

    private static String host(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    /** What trusts the front of this very process and nobody else; empty where it speaks no TLS. */
    public Optional<SSLContext> trustInItself() {
        List<String> names = tls.entrySet().stream()
                .filter(property -> property.getKey().endsWith("bundle"))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
        return tls.isEmpty() ? Optional.empty() : Optional.of(OwnCertificates.context(bundles, names));
    }

    @Override
    public synchronized void stop() {
        AnnotationConfigReactiveWebServerApplicationContext running = context;
        context = null;
        if (running != null) {
            connections.leave();
            running.close();
            connections.end(
                    Binder.get(told).bind(SHUTDOWN_WITHIN, Duration.class).orElse(SHUTDOWN_WITHIN_DEFAULT));
        }
    }

    @Override
    public boolean isRunning() {
        return context != null;
    }

    /** Starts once tables are read and ends before they are no longer. */
    @Override
    public int getPhase() {
        return AFTER_THE_TABLES;
    }
}
