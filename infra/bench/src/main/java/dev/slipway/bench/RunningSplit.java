package dev.slipway.bench;

import java.util.List;

/** A gateway with its broker as the product runs it, as processes of its own, for as long as something is measured. */
public interface RunningSplit extends AutoCloseable {
    /** Where its front answers; its process is the gateway's. */
    Target front();

    /** Where its API answers; the same process. */
    Target api();

    /** HOST:PORT of its broker. */
    String kafka();

    /** Tokens that may publish events, each of another bearer. */
    List<String> publishers(int count);

    String viewer();

    String operator();

    @Override
    void close();

    /** Starts one. */
    @FunctionalInterface
    interface Starter {
        /** @param servicesPort where everything that the gateway asks of services is answered */
        RunningSplit start(int servicesPort);
    }
}
