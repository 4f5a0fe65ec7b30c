using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Serialization;

namespace Contracts.Tests;

public sealed class PublicShapeTests
{
    public static TheoryData<string> Records => [.. ContractTypes.Records().Select(type => type.FullName!)];

    [Fact]
    public void Records_members_and_enum_texts_are_the_approved_ones()
    {
        var shape = new StringBuilder();
        foreach (var type in ContractTypes.All())
        {
            shape.Append(type.IsEnum ? "enum " : type.IsAbstract ? "functions " : "record ").Append(type.FullName).Append('\n');
            foreach (var line in type.IsEnum ? Texts(type) : type.IsAbstract ? Functions(type) : type.GetProperties().OrderBy(property => property.Name, StringComparer.Ordinal).Select(Line))
                shape.Append("    ").Append(line).Append('\n');
        }
        Approved.Is("Contracts.approved.txt", shape.ToString());
    }

    [Theory, MemberData(nameof(Records))]
    public void Every_record_is_sealed_and_only_set_when_made(string name)
    {
        var record = ContractTypes.Records().Single(type => type.FullName == name);

        Assert.True(record.IsSealed, "not sealed");
        Assert.NotNull(record.GetMethod("<Clone>$"));
        Assert.NotNull(record.GetConstructor([]));
        Assert.All(record.GetProperties(), property => Assert.True(IsInit(property), $"{property.Name} can be changed afterwards"));
    }

    [Theory, MemberData(nameof(Records))]
    public void What_must_be_there_is_required(string name)
    {
        // Without it a gap in a body would reach a consumer as null in a string that cannot be null.
        var record = ContractTypes.Records().Single(type => type.FullName == name);

        Assert.All(
            record.GetProperties().Where(property => !property.PropertyType.IsValueType && !IsNullable(property)),
            property => Assert.True(IsRequired(property), $"{property.Name} is neither required nor nullable"));
        Assert.All(record.GetProperties().Where(IsNullable), property => Assert.False(IsRequired(property), $"{property.Name} is both required and nullable"));
    }

    [Fact]
    public void The_assembly_needs_nothing_but_the_framework() =>
        Assert.All(typeof(OrderIngest.Order).Assembly.GetReferencedAssemblies(), reference => Assert.StartsWith("System.", reference.Name));

    private static IEnumerable<string> Texts(Type type) =>
        Enum.GetNames(type).Select(name => $"{(int)Enum.Parse(type, name)} {name} {type.GetField(name)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name}");

    private static IEnumerable<string> Functions(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).OrderBy(method => method.Name, StringComparer.Ordinal)
            .Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))}): {method.ReturnType.Name}");

    private static string Line(PropertyInfo property) => $"{property.Name}: {Name(property)}{(IsRequired(property) ? " required" : "")}";

    private static string Name(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var name = type.IsGenericType ? $"{type.Name[..^2]}<{type.GetGenericArguments()[0].Name}>" : type.Name;
        return IsNullable(property) ? $"{name}?" : name;
    }

    private static bool IsInit(PropertyInfo property) =>
        property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;

    private static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute));

    private static bool IsNullable(PropertyInfo property) => new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
}
