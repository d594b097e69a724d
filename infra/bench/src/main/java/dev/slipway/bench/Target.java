package dev.slipway.bench;

/**
 * Where requests are sent.
 *
 * @param name for people
 * @param address HOST:PORT to connect to
 * @param host as a Host header says it
 * @param prefix what every path begins with; mostly empty
 * @param pid of the process that is measured, 0 for none
 */
public record Target(String name, String address, String host, String prefix, long pid) {}
