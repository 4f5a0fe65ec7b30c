using System.Globalization;
using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;

namespace OrderIngest.OnErpOrder;

/// <summary>
/// Hands a body on as it came. MassTransit's own deserializers fail on what is no JSON, and such a message would end in the error queue, where no operator of
/// orders looks; here it reaches the consumer, which keeps it with the rejected input. The sender's headers but <c>source</c> are not looked at: an id or a type in
/// them means nothing to us. Content type and message type do not matter: <c>RawSerializerOptions.AnyMessageType</c>, for this queue alone.
/// </summary>
internal sealed class ErpOrderDeserializer : IMessageDeserializer, ISerializerFactory
{
    /// <summary>Header that names the source where the body does not.</summary>
    public const string SourceHeader = "source";

    private static readonly string[] Types = [MessageUrn.ForTypeString<ErpOrder>()];

    /// <summary>Takes the place of the bus's deserializer, and is the default for every other content type and for none.</summary>
    public ContentType ContentType => SystemTextJsonRawMessageSerializer.JsonContentType;

    public IMessageDeserializer CreateDeserializer() => this;

    public IMessageSerializer CreateSerializer() => throw new NotSupportedException("Nothing is written in this way");

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
    {
        var source = headers.TryGetHeader(SourceHeader, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
        return new SystemTextJsonSerializerContext(
            SystemTextJsonMessageSerializer.Instance, SystemTextJsonMessageSerializer.Options, ContentType,
            new RawMessageContext(EmptyHeaders.Instance, destinationAddress, RawSerializerOptions.AnyMessageType), Types, message: new ErpOrder(body.GetBytes(), source));
    }

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public void Probe(ProbeContext context) => context.CreateScope("erpOrder");
}
