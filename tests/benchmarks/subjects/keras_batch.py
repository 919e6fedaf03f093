"""The obvious Keras script for a folder of pictures: what people write without this program."""

import sys

import keras

model = keras.models.load_model(sys.argv[1])
pictures = keras.utils.image_dataset_from_directory(
    sys.argv[2], labels=None, image_size=(224, 224), batch_size=16, shuffle=False
)
predictions = model.predict(pictures.map(keras.applications.resnet.preprocess_input), verbose=0)
with open(sys.argv[3], "w", encoding="utf-8") as file:  # noqa: PTH123 - as people write it
    file.writelines(f"{name},{row[0]},{row[1]}\n" for name, row in zip(pictures.file_paths, predictions, strict=True))
