namespace Kfm.Gates.Rego.Yaml;

/// <summary>A node of a YAML document; the line counts from 1.</summary>
internal abstract record YamlNode(int Line)
{
    /// <summary>The column, from 1.</summary>
    internal int Column { get; init; }

    /// <summary>The node as a value, as Go's YAML reader resolves plain scalars.</summary>
    /// <exception cref="YamlFormatException">A key is not a scalar.</exception>
    internal abstract RegoValue ToValue();
}

/// <summary>A scalar; plain ones may be numbers, booleans or null.</summary>
internal sealed record YamlScalar(int Line, string Text, bool IsPlain) : YamlNode(Line)
{
    internal override RegoValue ToValue() => IsPlain ? YamlScalars.Resolve(Text) : RegoValue.Of(Text);
}

/// <summary>A sequence.</summary>
internal sealed record YamlList(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line)
{
    internal override RegoValue ToValue() => RegoArray.Create(Items.Select(i => i.ToValue()));
}

/// <summary>A mapping; of equal keys the last one wins.</summary>
internal sealed record YamlMap(int Line, IReadOnlyList<KeyValuePair<YamlNode, YamlNode>> Members) : YamlNode(Line)
{
    internal override RegoValue ToValue() => RegoObject.Create(Members.Select(m => KeyValuePair.Create(Key(m.Key), m.Value.ToValue())));

    /// <summary>The value of a member; null when there is none.</summary>
    internal YamlNode? Find(string name) => Members.LastOrDefault(m => m.Key is YamlScalar key && string.Equals(key.Text, name, StringComparison.Ordinal)).Value;

    /// <summary>Keys become strings, as in JSON.</summary>
    private static RegoValue Key(YamlNode node) => node is YamlScalar scalar
        ? RegoValue.Of(scalar.ToValue() is RegoString or RegoNull ? scalar.Text : scalar.ToValue().ToString()!)
        : throw new YamlFormatException("json: unsupported type: map[interface {}]interface {}", node.Line);
}
