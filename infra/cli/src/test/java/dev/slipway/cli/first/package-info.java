@NullMarked
package dev.slipway.cli.first;

import org.jspecify.annotations.NullMarked;
