package dev.slipway.cli.machine;

import dev.slipway.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** What each program is told when it starts: addresses, ports, files, and who gets which of the caller's settings. */
final class Wiring {
    /** Two instances of a service with several consumers each have all of them at work. */
    private static final int PARTITIONS = 6;

    private static final String LOG_FILE_MAX = "10MB";
    private static final String LOGS_MAX = "40MB";
    /** What is dropped from the samples soon: the judge has counted them, and nobody else reads them. */
    private static final List<String> SHORT_LIVED = List.of(Topics.TRAFFIC_SAMPLES);

    static final List<String> DELIVERY_SETTINGS = List.of(
            "SLIPWAY_SLACK_TOKEN",
            "SLIPWAY_SLACK_URL",
            "SLIPWAY_SLACK_AUTHORITY",
            "SLIPWAY_MAIL_FROM",
            "SLIPWAY_MAIL_FROM_NAME",
            "SLIPWAY_MAIL_DOMAIN",
            "SLIPWAY_MAIL_SECURITY",
            "SLIPWAY_MAIL_AUTHORITY",
            "SLIPWAY_PAGES_CREDENTIALS_0_HOST",
            "SLIPWAY_PAGES_CREDENTIALS_0_TOKENFILE",
            "SLIPWAY_PAGES_CREDENTIALS_1_HOST",
            "SLIPWAY_PAGES_CREDENTIALS_1_TOKENFILE",
            "SLIPWAY_NOTIFICATION_OPERATORS_MAIL",
            "SLIPWAY_NOTIFICATION_OPERATORS_SLACK",
            "SPRING_MAIL_HOST",
            "SPRING_MAIL_PORT",
            "SPRING_MAIL_USERNAME",
            "SPRING_MAIL_PASSWORD",
            "SPRING_MAIL_PROPERTIES_MAIL_SMTP_AUTH",
            "SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_ENABLE",
            "SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_REQUIRED");
    private static final String ARTIFACT_ROOTS = "SLIPWAY_TARGETS_ARTIFACTROOTS";
    private static final String ARTIFACT_HOSTS = "SLIPWAY_TARGETS_ARTIFACTHOSTS";
    private static final String ARRIVAL_HOSTS = "SLIPWAY_VALIDATION_ARRIVAL_HOSTS";
    private static final String TRACKER_HOSTS = "SLIPWAY_VALIDATION_TRACKER_HOSTS";
    private static final String PAGE_HOSTS = "SLIPWAY_PAGES_HOSTS";
    private static final String FRONT_PORT = "SLIPWAY_FRONT_PORT";
    private static final String GIT_ROOTS = "SLIPWAY_GIT_ROOTS";
    private static final String GIT_HOSTS = "SLIPWAY_GIT_HOSTS";
    /** What a running process was told and is started anew for when it changes. */
    private static final List<String> TOLD_BY_PREFIX = List.of(
            "SLIPWAY_ROUTES_",
            FRONT_PORT,
            ARTIFACT_ROOTS,
            ARTIFACT_HOSTS,
            ARRIVAL_HOSTS,
            TRACKER_HOSTS,
            PAGE_HOSTS,
            "SLIPWAY_IDENTITY_PUBLICBADGES",
            GIT_ROOTS,
            GIT_HOSTS);

    /** How repositories are read; none of it is a secret, a password is only ever a file's name. */
    static final List<String> GIT_SETTINGS = List.of(
            "SLIPWAY_GIT_OTHEROWNERS",
            "SLIPWAY_GIT_CAFILE",
            "SLIPWAY_GIT_SIGNING_FORMAT",
            "SLIPWAY_GIT_SIGNING_KEY",
            "SLIPWAY_GIT_CREDENTIALS_0_HOST",
            "SLIPWAY_GIT_CREDENTIALS_0_USERNAME",
            "SLIPWAY_GIT_CREDENTIALS_0_PASSWORDFILE");

    /** What is shown without a token; the gateway and release-service go by the same. */
    static final List<String> IDENTITY_SETTINGS = List.of("SLIPWAY_IDENTITY_PUBLICBADGES");

    /** Whose token issues are asked for with; a token is only ever a file's name. */
    static final List<String> TRACKER_SETTINGS = List.of(
            "SLIPWAY_VALIDATION_TRACKER_CREDENTIALS_0_HOST",
            "SLIPWAY_VALIDATION_TRACKER_CREDENTIALS_0_TOKENFILE",
            "SLIPWAY_VALIDATION_TRACKER_CREDENTIALS_1_HOST",
            "SLIPWAY_VALIDATION_TRACKER_CREDENTIALS_1_TOKENFILE");

    /** The inbox wants a token as Slack does, and believes any. */
    private static final String INBOX_TOKEN = "xoxb-local-inbox";

    private final Home home;
    private final Plan plan;
    private final Map<String, String> callers;

    Wiring(Home home, Plan plan, Map<String, String> callers) {
        this.home = home;
        this.plan = plan;
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
            arguments.add("%s:%d%s".formatted(topic.name(), topic.partitions(), keeping(topic)));
        }
        return arguments;
    }

    private static String keeping(Topics.Topic topic) {
        if (topic.compacted()) {
            return ":compact";
        }
        return SHORT_LIVED.contains(topic.name()) ? ":short" : "";
    }

    /** Tells apart what a running process was told of addresses from what it should know now; holds no secret. */
    String fingerprint(Instance instance) {
        Program program = instance.program();
        if (!Program.services().contains(program)) {
            return "";
        }
        Map<String, String> told = environment(instance);
        told.keySet()
                .removeIf(name -> TOLD_BY_PREFIX.stream().noneMatch(name::startsWith)
                        && !List.of("SERVER_PORT", "SPRING_KAFKA_BOOTSTRAP_SERVERS", "SPRING_MONGODB_URI")
                                .contains(name));
        CRC32 crc = new CRC32();
        crc.update(new TreeMap<>(told).toString().getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }

    Map<String, String> environment(Instance instance) {
        Program program = instance.program();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SERVER_PORT", Integer.toString(port(instance)));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("MALLOC_ARENA_MAX", "2"); // else each thread gets its own, and they hardly shrink
        environment.put(
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + plan.platform().kafka());
        environment.put(
                "SLIPWAY_IDENTITY_PUBLIC_KEY", home.issuerPublicKey().toUri().toString());
        IDENTITY_SETTINGS.stream()
                .filter(this::given)
                .forEach(name -> environment.put(name, callers.getOrDefault(name, "")));
        environment.putAll(logging(instance));
        switch (program) {
            case RELEASE -> {
                database(environment, "release");
                environment.put("SLIPWAY_PROOF_KEYS", home.proofKeys().toString());
                environment.putAll(repositories(instance));
            }
            case VALIDATION -> {
                database(environment, "validation");
                environment.putAll(repositories(instance));
                environment.putAll(AllowedSources.of(home).hostsAs(ARRIVAL_HOSTS));
                environment.putAll(AllowedSources.of(home).hostsAs(TRACKER_HOSTS));
                TRACKER_SETTINGS.stream()
                        .filter(this::given)
                        .forEach(name -> environment.put(name, callers.getOrDefault(name, "")));
            }
            case DEPLOYMENT -> {
                database(environment, "deployment");
                environment.put("SLIPWAY_TARGETS_DIRECTORY", home.targets().toString());
                environment.put(
                        "SLIPWAY_DEPLOYMENT_SECRETSFOLDER", home.secrets().toString());
                environment.put(
                        "SLIPWAY_TARGETS_ALLOWED_PROGRAMS",
                        home.allowedPrograms().toString());
                environment.putAll(AllowedSources.of(home).asSettings(ARTIFACT_ROOTS, ARTIFACT_HOSTS));
            }
            case NOTIFICATION -> {
                database(environment, "notification");
                environment.putAll(deliveries());
                environment.putAll(AllowedSources.of(home).hostsAs(PAGE_HOSTS));
            }
            case GATEWAY -> {
                environment.put("SLIPWAY_GATEWAY_ID", "gateway-" + instance.number());
                environment.put(FRONT_PORT, Integer.toString(front(instance)));
                environment.put("SLIPWAY_FRONT_SHARED", "true"); // a restart puts another one beside it
                environment.putAll(routes());
            }
            case PLATFORM, SUPERVISOR, LOAD -> throw new IllegalArgumentException(program + " is not a service");
        }
        return environment;
    }

    private int port(Instance instance) {
        return plan.port(instance.name())
                .orElseThrow(() -> new IllegalStateException("no port was chosen for " + instance.name()));
    }

    private int front(Instance gateway) {
        return plan.front(gateway.name())
                .orElseThrow(() -> new IllegalStateException("no port of its front was chosen for " + gateway.name()));
    }

    private void database(Map<String, String> environment, String name) {
        environment.put(
                "SPRING_MONGODB_URI",
                "mongodb://127.0.0.1:%d/%s?retryWrites=false"
                        .formatted(plan.platform().mongodb(), name));
    }

    /** On a machine of one's own any repository of one's own, and the usual hosts; the caller may say otherwise. */
    private Map<String, String> repositories(Instance instance) {
        Map<String, String> settings =
                new LinkedHashMap<>(AllowedSources.of(home).asSettings(GIT_ROOTS, GIT_HOSTS));
        settings.put(
                "SLIPWAY_GIT_FOLDER",
                home.root().resolve("git").resolve(instance.name()).toString());
        GIT_SETTINGS.stream().filter(this::given).forEach(name -> settings.put(name, callers.getOrDefault(name, "")));
        return settings;
    }

    private Map<String, String> routes() {
        Map<String, String> routes = new LinkedHashMap<>();
        routes.put("SLIPWAY_ROUTES_RELEASE", addresses(Program.RELEASE));
        routes.put("SLIPWAY_ROUTES_VALIDATION", addresses(Program.VALIDATION));
        routes.put("SLIPWAY_ROUTES_DEPLOYMENT", addresses(Program.DEPLOYMENT));
        routes.put("SLIPWAY_ROUTES_NOTIFICATION", addresses(Program.NOTIFICATION));
        return routes;
    }

    private String addresses(Program program) {
        return plan.ports(program).stream()
                .map(port -> "http://127.0.0.1:" + port)
                .collect(Collectors.joining(","));
    }

    /** The caller's Slack and mail server where they are configured, else the platform's inbox. */
    private Map<String, String> deliveries() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "SLIPWAY_SLACK_URL",
                "http://127.0.0.1:%d/api".formatted(plan.platform().slack()));
        settings.put("SLIPWAY_SLACK_TOKEN", INBOX_TOKEN);
        settings.put("SPRING_MAIL_HOST", "127.0.0.1");
        settings.put("SPRING_MAIL_PORT", Integer.toString(plan.platform().smtp()));
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

    /**
     * What of a caller's environment is for deliveries, for Git, for trackers and for what is shown without a token; the
     * supervisor carries it, so that no file holds a secret.
     */
    static Map<String, String> carried(Map<String, String> callers) {
        Map<String, String> settings = new LinkedHashMap<>();
        Stream.of(DELIVERY_SETTINGS, GIT_SETTINGS, TRACKER_SETTINGS, IDENTITY_SETTINGS)
                .flatMap(List::stream)
                .filter(callers::containsKey)
                .forEach(name -> settings.put(name, callers.getOrDefault(name, "")));
        return settings;
    }

    /** A log that rolls within a limit; the console would fill a file without one. */
    private Map<String, String> logging(Instance instance) {
        return Map.of(
                "LOGGING_FILE_NAME",
                logFile(home, instance).toString(),
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

    static Path logFile(Home home, Instance instance) {
        return home.logs().resolve(instance.name() + ".log");
    }
}
