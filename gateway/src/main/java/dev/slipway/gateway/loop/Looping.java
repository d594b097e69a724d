package dev.slipway.gateway.loop;

/** A bean whose work is a loop. */
public interface Looping {
    Loop loop();
}
