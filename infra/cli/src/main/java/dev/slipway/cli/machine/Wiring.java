package dev.slipway.cli.machine;

import dev.slipway.contracts.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each program is told when it starts: addresses, ports, files, and who gets which of the caller's settings. */
final class Wiring {
    private static final int PARTITIONS = 4;
    private static final String LOG_FILE_MAX = "10MB";
    private static final String LOGS_MAX = "40MB";
    private static final List<String> DELIVERY_SETTINGS = List.of(
            "SLIPWAY_SLACK_TOKEN",
            "SLIPWAY_SLACK_URL",
            "SLIPWAY_MAIL_FROM",
            "SPRING_MAIL_HOST",
            "SPRING_MAIL_PORT",
            "SPRING_MAIL_USERNAME",
            "SPRING_MAIL_PASSWORD",
            "SPRING_MAIL_PROPERTIES_MAIL_SMTP_AUTH",
            "SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_ENABLE",
            "SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_REQUIRED");
    /** The inbox wants a token as Slack does, and believes any. */
    private static final String INBOX_TOKEN = "xoxb-local-inbox";

    private final Home home;
    private final PlatformPorts platform;
    private final Map<String, Integer> ports;
    private final Map<String, String> callers;

    /** @param ports of the services, by process name */
    Wiring(Home home, PlatformPorts platform, Map<String, Integer> ports, Map<String, String> callers) {
        this.home = home;
        this.platform = platform;
        this.ports = Map.copyOf(ports);
        this.callers = callers;
    }

    static List<String> platformArguments(Home home, PlatformPorts ports) {
        List<String> arguments = new ArrayList<>(List.of(
                "--home", home.data().toString(),
                "--kafka-port", Integer.toString(ports.kafka()),
                "--controller-port", Integer.toString(ports.controller()),
                "--mongo-port", Integer.toString(ports.mongodb()),
                "--smtp-port", Integer.toString(ports.smtp()),
                "--slack-port", Integer.toString(ports.slack())));
        for (Topics.Topic topic : Topics.all(PARTITIONS)) {
            arguments.add("--topic");
            arguments.add("%s:%d%s".formatted(topic.name(), topic.partitions(), topic.compacted() ? ":compact" : ""));
        }
        return arguments;
    }

    Map<String, String> environment(Program program) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SERVER_PORT", Integer.toString(port(program)));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + platform.kafka());
        environment.put(
                "SLIPWAY_IDENTITY_PUBLIC_KEY", home.issuerPublicKey().toUri().toString());
        environment.putAll(logging(program));
        switch (program) {
            case RELEASE -> database(environment, "release");
            case VALIDATION -> database(environment, "validation");
            case DEPLOYMENT -> {
                database(environment, "deployment");
                environment.put("SLIPWAY_TARGETS_DIRECTORY", home.targets().toString());
                environment.put(
                        "SLIPWAY_TARGETS_ALLOWED_PROGRAMS",
                        home.allowedPrograms().toString());
            }
            case NOTIFICATION -> {
                database(environment, "notification");
                environment.putAll(deliveries());
            }
            case GATEWAY -> environment.putAll(routes());
            case PLATFORM, LOAD -> throw new IllegalArgumentException(program + " is not a service");
        }
        return environment;
    }

    private int port(Program program) {
        Integer port = ports.get(program.processName());
        if (port == null) {
            throw new IllegalStateException("no port was chosen for " + program.processName());
        }
        return port;
    }

    private void database(Map<String, String> environment, String name) {
        environment.put(
                "SPRING_MONGODB_URI",
                "mongodb://127.0.0.1:%d/%s?retryWrites=false".formatted(platform.mongodb(), name));
    }

    private Map<String, String> routes() {
        Map<String, String> routes = new LinkedHashMap<>();
        routes.put("SLIPWAY_GATEWAY_ID", "gateway-1");
        routes.put("SLIPWAY_ROUTES_RELEASE", address(Program.RELEASE));
        routes.put("SLIPWAY_ROUTES_VALIDATION", address(Program.VALIDATION));
        routes.put("SLIPWAY_ROUTES_DEPLOYMENT", address(Program.DEPLOYMENT));
        routes.put("SLIPWAY_ROUTES_NOTIFICATION", address(Program.NOTIFICATION));
        return routes;
    }

    private String address(Program program) {
        return "http://127.0.0.1:" + port(program);
    }

    /** The caller's Slack and mail server where they are configured, else the platform's inbox. */
    private Map<String, String> deliveries() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("SLIPWAY_SLACK_URL", "http://127.0.0.1:%d/api".formatted(platform.slack()));
        settings.put("SLIPWAY_SLACK_TOKEN", INBOX_TOKEN);
        settings.put("SPRING_MAIL_HOST", "127.0.0.1");
        settings.put("SPRING_MAIL_PORT", Integer.toString(platform.smtp()));
        if (given("SLIPWAY_SLACK_TOKEN")) {
            settings.remove("SLIPWAY_SLACK_URL"); // the service knows Slack's own address
        }
        if (given("SPRING_MAIL_HOST")) {
            settings.remove("SPRING_MAIL_PORT");
        }
        DELIVERY_SETTINGS.stream()
                .filter(this::given)
                .forEach(name -> settings.put(name, callers.getOrDefault(name, "")));
        return settings;
    }

    private boolean given(String name) {
        return !callers.getOrDefault(name, "").isBlank();
    }

    /** A log that rolls within a limit; the console would fill a file without one. */
    private Map<String, String> logging(Program program) {
        return Map.of(
                "LOGGING_FILE_NAME",
                logFile(home, program).toString(),
                "LOGGING_LOGBACK_ROLLINGPOLICY_MAXFILESIZE",
                LOG_FILE_MAX,
                "LOGGING_LOGBACK_ROLLINGPOLICY_TOTALSIZECAP",
                LOGS_MAX,
                "LOGGING_LOGBACK_ROLLINGPOLICY_MAXHISTORY",
                "3",
                "LOGGING_THRESHOLD_CONSOLE",
                "OFF",
                "SPRING_MAIN_BANNERMODE",
                "off");
    }

    static java.nio.file.Path logFile(Home home, Program program) {
        return home.logs().resolve(program.processName() + ".log");
    }
}
