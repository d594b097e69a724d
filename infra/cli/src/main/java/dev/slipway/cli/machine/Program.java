package dev.slipway.cli.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The programs that make up Slipway on one machine, each a process of its own, of services as many as are wanted. */
public enum Program {
    PLATFORM("platform", "infra/cli", "slipway-cli", "dev.slipway.platform.PlatformMain", 320),
    RELEASE("release-service", "release-service", "release-service", "dev.slipway.release.ReleaseService", 160),
    VALIDATION(
            "validation-service",
            "validation-service",
            "validation-service",
            "dev.slipway.validation.ValidationService",
            160),
    DEPLOYMENT(
            "deployment-service",
            "deployment-service",
            "deployment-service",
            "dev.slipway.deployment.DeploymentService",
            144),
    NOTIFICATION(
            "notification-service",
            "notification-service",
            "notification-service",
            "dev.slipway.notification.NotificationService",
            128),
    GATEWAY("gateway", "gateway", "gateway", "dev.slipway.gateway.GatewayService", 192),
    /** Starts the others, and starts again what dies. */
    SUPERVISOR("supervisor", "infra/cli", "slipway-cli", "dev.slipway.cli.machine.Supervisor", 24),
    /** The demo's users after the demo. */
    LOAD("load", "infra/cli", "slipway-cli", "dev.slipway.demo.LoadMain", 48);

    private final String processName;
    private final String module;
    private final String artifact;
    private final String mainClass;
    private final int heapMegabytes;

    Program(String processName, String module, String artifact, String mainClass, int heapMegabytes) {
        this.processName = processName;
        this.module = module;
        this.artifact = artifact;
        this.mainClass = mainClass;
        this.heapMegabytes = heapMegabytes;
    }

    /** The five that {@code up} starts beside the platform. */
    public static List<Program> services() {
        return List.of(RELEASE, VALIDATION, DEPLOYMENT, NOTIFICATION, GATEWAY);
    }

    /** What the supervisor keeps running: platform and services. */
    static List<Program> supervised() {
        return Arrays.stream(values())
                .filter(program -> program == PLATFORM || services().contains(program))
                .toList();
    }

    /** By its name or the beginning of it, such as {@code release}. */
    static Optional<Program> named(String name) {
        return Arrays.stream(values())
                .filter(program -> program.processName.equals(name) || program.processName.equals(name + "-service"))
                .findFirst();
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(Program::processName).toList();
    }

    public String processName() {
        return processName;
    }

    String module() {
        return module;
    }

    String artifact() {
        return artifact;
    }

    String mainClass() {
        return mainClass;
    }

    int heapMegabytes() {
        return heapMegabytes;
    }
}
