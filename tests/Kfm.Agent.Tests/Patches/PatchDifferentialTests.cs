using System.Text;
using FsCheck.Fluent;
using Kfm.Agent.Patches;
using Xunit.Abstractions;

namespace Kfm.Agent.Tests.Patches;

/// <summary>Compares with <c>git apply --index</c> and <c>git write-tree</c> over patches that git made of random changes.</summary>
public sealed class PatchDifferentialTests(ITestOutputHelper output)
{
    [Fact]
    public void Applied_tree_is_the_one_of_git() => Prop.ForAll<int>(seed =>
    {
        using var repository = new PatchRepository();
        var files = new RandomFiles(repository.Files, seed);
        files.Create();
        repository.Files.Commit("base");
        files.Change();
        var patch = repository.Diff();
        if (patch.Length == 0)
        {
            return;
        }

        var ours = repository.ApplyAsync(patch).GetAwaiter().GetResult();
        var theirs = repository.GitTreeAsync(patch).GetAwaiter().GetResult();

        Assert.True(ours.Applied, string.Join('\n', ours.Findings) + "\n" + Encoding.UTF8.GetString(patch));
        Assert.Equal(theirs, ours.TreeId);
    }).Check(30);

    [Fact]
    public void Patch_on_another_base_applies_as_git_applies_it()
    {
        var (applied, refused) = (0, 0);
        Prop.ForAll<int>(seed =>
        {
            using var repository = new PatchRepository();
            var files = new RandomFiles(repository.Files, seed);
            files.Create();
            repository.Files.Commit("base");
            files.Change();
            var patch = repository.Diff();
            var other = new RandomFiles(repository.Files, seed);
            other.Create();
            other.Shift();
            repository.Files.Commit("other base");
            if (patch.Length == 0)
            {
                return;
            }

            var ours = repository.ApplyAsync(patch).GetAwaiter().GetResult();
            var theirs = repository.GitTreeAsync(patch).GetAwaiter().GetResult();

            // git takes a last line without newline for the start of a longer file's line and joins the two; Kfm refuses that.
            var text = Encoding.UTF8.GetString(patch);
            var quirk = !ours.Applied && text.Contains("\n\\ No newline", StringComparison.Ordinal);
            Assert.True(quirk || theirs == ours.TreeId, $"git {theirs}, Kfm {ours.TreeId}\n{string.Join('\n', ours.Findings)}\n{text}");
            _ = ours.Applied ? applied++ : refused++;
        }).Check(40);

        output.WriteLine($"{applied} applied alike, {refused} refused");
        Assert.True(applied > 0 && refused > 0);
    }
}
