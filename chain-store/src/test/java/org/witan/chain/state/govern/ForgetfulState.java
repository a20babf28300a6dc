package org.witan.chain.state.govern;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.witan.chain.change.Invitation;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;
import org.witan.chain.merkle.TreeRoot;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;

/**
 * A planted mistake: a state in which some values are seen otherwise than they are.
 *
 * @param beginning of the paths that are meant
 * @param seen what is seen in place of a value
 */
public record ForgetfulState(
        StateReader proper, String beginning, UnaryOperator<Optional<byte[]>> seen)
        implements StateReader {
    /** Nobody has ever used a nonce. */
    public static StateReader ofNonces(StateReader proper) {
        return new ForgetfulState(proper, "window/", _ -> Optional.empty());
    }

    /** Each invitation is as new, whatever became of it. */
    public static StateReader ofInvitations(StateReader proper) {
        return new ForgetfulState(proper, "invite/", there -> there.map(ForgetfulState::asNew));
    }

    private static byte[] asNew(byte[] bytes) {
        Invitation now = Invitation.CODEC.decode(bytes).orThrow();
        return Invitation.CODEC.encode(
                new Invitation(
                        now.key(),
                        now.inviter(),
                        now.organisation(),
                        now.role(),
                        now.made(),
                        now.expires(),
                        Invitation.Status.OPEN,
                        Optional.empty(),
                        0));
    }

    @Override
    public Optional<byte[]> value(StatePath path) {
        Optional<byte[]> there = proper.value(path);
        return path.text().startsWith(beginning) ? seen.apply(there) : there;
    }

    @Override
    public Optional<TreePage> page(TreeKey key) {
        return proper.page(key);
    }

    @Override
    public long height() {
        return proper.height();
    }

    @Override
    public TreeRoot treeRoot() {
        return proper.treeRoot();
    }
}
