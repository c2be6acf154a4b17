using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Tuf;

/// <summary>To whom a targets role delegates which paths (TUF specification, 4.5), in the order of trust.</summary>
internal sealed class TufDelegations
{
    private const int MaxBits = 32;
    private readonly Dictionary<string, TufKey> _keys;
    private readonly List<TufDelegation> _roles = [];
    private readonly TufRole? _bins;
    private readonly string _binPrefix = "";
    private readonly int _binBits;

    private TufDelegations(JsonCursor json)
    {
        _keys = TufRole.ReadKeys(json.Member("keys"));
        if (json.Optional("succinct_roles") is not { } bins)
        {
            HashSet<string> names = new(StringComparer.Ordinal);
            foreach (var item in json.Member("roles").Items())
            {
                var role = TufDelegation.Read(item);
                _roles.Add(names.Add(role.Name) ? role : throw item.Error($"the role '{role.Name}' stands twice"));
            }

            return;
        }

        if (json.Optional("roles") is not null)
        {
            throw json.Error("roles and succinct_roles exclude each other");
        }

        var bits = bins.Member("bit_length");
        _binBits = bits.Count() is var count and >= 1 and <= MaxBits ? count : throw bits.Error($"the number of bits is 1 to {MaxBits}");
        (_bins, _binPrefix) = (TufRole.Read(bins), TufDelegation.RoleName(bins.Member("name_prefix")));
    }

    public static TufDelegations Read(JsonCursor json) => new(json);

    /// <summary>The roles to which a path is delegated, most trusted first.</summary>
    public IEnumerable<TufDelegation> For(string path) =>
        _bins is null ? _roles.Where(r => r.Covers(path)) : [new TufDelegation(BinOf(path), _bins, Terminating: true, null, null)];

    public void Require(TufMetadata metadata, TufDelegation role) => role.Keys.Require(metadata, _keys, role.Name);

    // TAP 15: the first bits of the hash of the path, in as many digits as the highest bin needs.
    private string BinOf(string path)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(path));
        var bin = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash) >> (32 - _binBits);
        var digits = ((1L << _binBits) - 1).ToString("x", CultureInfo.InvariantCulture).Length;
        return _binPrefix + "-" + bin.ToString("x" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
