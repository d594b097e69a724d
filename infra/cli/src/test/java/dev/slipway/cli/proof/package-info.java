@NullMarked
package dev.slipway.cli.proof;

import org.jspecify.annotations.NullMarked;
