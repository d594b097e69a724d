package dev.slipway.testkit;

import com.github.dockerjava.api.model.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** The container engine of this machine, if there is one. */
final class Engine {
    private static final Path SOCKET = Path.of("/var/run/docker.sock");

    private Engine() {}

    /** Repository and tag of each image that is here, or empty where no engine answers. */
    static Optional<List<String>> images() {
        boolean pointedTo = System.getenv("DOCKER_HOST") != null || Files.exists(SOCKET);
        if (!pointedTo || !DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.empty(); // without a trace of an engine it is not even searched for: that takes seconds
        }
        List<Image> images = DockerClientFactory.lazyClient().listImagesCmd().exec();
        return Optional.of(images.stream()
                .flatMap(image -> image.getRepoTags() == null ? Stream.empty() : Arrays.stream(image.getRepoTags()))
                .toList());
    }
}
