/** Tests of invitations on the command line. */
@NullMarked
package org.witan.validator.cli.invite;

import org.jspecify.annotations.NullMarked;
