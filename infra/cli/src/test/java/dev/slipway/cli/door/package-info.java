@NullMarked
package dev.slipway.cli.door;

import org.jspecify.annotations.NullMarked;
