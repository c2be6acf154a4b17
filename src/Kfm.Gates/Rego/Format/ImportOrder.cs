using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Format;

/// <summary>Sorts the imports that follow each other without a gap, and sets the package and the imports apart from what follows.</summary>
internal sealed class ImportOrder(Module module)
{
    private readonly HashSet<int> _imports = [.. module.Imports.Concat(module.KeywordImports).Select(i => i.Location.Row)];

    internal IEnumerable<LayoutLine> Sort(List<LayoutLine> lines)
    {
        var sorted = new List<LayoutLine>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (!IsImport(lines[i]))
            {
                sorted.Add(lines[i]);
                continue;
            }

            var group = lines.Skip(i).TakeWhile((l, n) => IsImport(l) && (n == 0 || !l.AfterBlank)).ToList();
            i += group.Count - 1;
            var blank = group[0].AfterBlank;
            sorted.AddRange(group.OrderBy(Text, StringComparer.Ordinal).Select((l, n) => l with { AfterBlank = blank && n == 0 }));
        }

        return sorted.Select((line, i) => line with { EndsSection = i + 1 < sorted.Count && Ends(line, sorted[i + 1]) });
    }

    private bool IsImport(LayoutLine line) => line.Items[0].IsWord("import") && _imports.Contains(line.Items[0].Row);

    private bool Ends(LayoutLine line, LayoutLine next) =>
        (line.Items[0].IsWord("package") && line.Items[0].Row == module.PackageLocation.Row)
        || (IsImport(line) && !IsImport(next) && !next.Items[0].IsComment);

    private static string Text(LayoutLine line) => string.Concat(line.Items.Where(i => !i.IsComment).Skip(1).Select(i => i.Text));
}
