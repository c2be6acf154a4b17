namespace Kfm.Provenance.Evidence.Rules;

/// <summary>C10: the document carries the root of the layer that it was made from.</summary>
internal sealed class RootRule : ConsistencyRule
{
    public override string Id => "C10";

    public override IEnumerable<(string Pointer, string Message)> Check(ConsistencyInput input)
    {
        if (input.Claims.Roots.Count == 0)
        {
            yield return ("", "the document carries no root of the record");
        }

        foreach (var (root, pointer) in input.Claims.Roots.Where(r => r.Root != input.Expected.Root))
        {
            yield return (pointer, $"the root is {input.Expected.Root}, not {root}");
        }
    }
}
