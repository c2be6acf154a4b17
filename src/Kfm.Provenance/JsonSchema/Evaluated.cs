namespace Kfm.Provenance.JsonSchema;

/// <summary>What the schemas applied to one instance have evaluated of it, for the unevaluated keywords (2020-12 Core, section 11).</summary>
internal sealed class Evaluated
{
    private HashSet<string>? _properties;
    private HashSet<int>? _items;
    private bool _allProperties;
    private bool _allItems;
    private int _prefix;

    public void AddProperty(string name) => (_properties ??= new(StringComparer.Ordinal)).Add(name);

    public void AddAllProperties() => _allProperties = true;

    public void AddItem(int index) => (_items ??= []).Add(index);

    public void AddPrefix(int count) => _prefix = Math.Max(_prefix, count);

    public void AddAllItems() => _allItems = true;

    public bool HasProperty(string name) => _allProperties || (_properties?.Contains(name) ?? false);

    public bool HasItem(int index) => _allItems || index < _prefix || (_items?.Contains(index) ?? false);

    public void Merge(Evaluated other)
    {
        _allProperties |= other._allProperties;
        _allItems |= other._allItems;
        _prefix = Math.Max(_prefix, other._prefix);
        if (other._properties is { } properties)
        {
            (_properties ??= new(StringComparer.Ordinal)).UnionWith(properties);
        }

        if (other._items is { } items)
        {
            (_items ??= []).UnionWith(items);
        }
    }
}
