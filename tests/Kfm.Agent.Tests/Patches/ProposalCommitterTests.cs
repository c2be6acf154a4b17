using Kfm.Agent.Git;
using Kfm.Agent.Patches;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Patches;

public sealed class ProposalCommitterTests
{
    [Fact]
    public async Task Patch_becomes_a_branch_of_the_source()
    {
        using var repository = PatchRepository.With(("a.txt", "one\ntwo\nthree\n"), ("b.txt", "b\n"));
        repository.Files.Write("a.txt", "one\n2\nthree\n");
        repository.Files.Write("new/c.txt", "c\n");
        var patch = UnifiedPatch.Parse(repository.Diff());
        var source = await repository.OpenAsync();
        var head = repository.Files.Head;
        using var temporary = new TemporaryDirectory();

        var result = await PatchApplier.ApplyAsync(patch, source, head);
        await using var clone = await EphemeralClone.CreateAsync(source, head, temporary.Path);
        var date = await source.CommitterDateAsync(head);
        var proposal = await ProposalCommitter.CommitAsync(clone, patch, result, "Change a\nand b", date);
        await source.PublishAsync(clone, proposal.Commit!, "ai/proposal/42");

        Assert.True(proposal.Agrees);
        Assert.Equal(proposal.Commit, await source.ResolveAsync("ai/proposal/42"));
        Assert.Equal(result.TreeId, await source.TreeIdAsync(proposal.Commit!));
        Assert.Equal("Change a and b|Kfm <kfm@localhost>|2026-01-01T00:00:00+00:00|" + head, repository.Files.Run("show", "-s", "--format=%s|%cn <%ce>|%cI|%P", proposal.Commit!).Trim());
        Assert.Equal("", repository.Files.Run("status", "--porcelain"));
    }
}
