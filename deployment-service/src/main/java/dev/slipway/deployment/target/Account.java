package dev.slipway.deployment.target;

/**
 * A user of this machine that programs are started as.
 *
 * @param user its number
 * @param group number of its own group
 */
record Account(String name, int user, int group) {}
