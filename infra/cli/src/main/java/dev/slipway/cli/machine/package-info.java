/** Slipway on this one machine: home folder, run folder, processes, ports, keys. */
@NullMarked
package dev.slipway.cli.machine;

import org.jspecify.annotations.NullMarked;
