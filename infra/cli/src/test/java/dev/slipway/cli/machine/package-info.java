@NullMarked
package dev.slipway.cli.machine;

import org.jspecify.annotations.NullMarked;
