/**
 * Invitations on the command line: a member makes one, whoever gets it joins with it.
 *
 * <p>Start at {@link org.witan.validator.cli.invite.InviteCommand}. Source:
 * docs/protocol/governance.md, GV19 to GV21.
 */
@NullMarked
package org.witan.validator.cli.invite;

import org.jspecify.annotations.NullMarked;
