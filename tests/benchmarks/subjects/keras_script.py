"""The shortest Keras script that loads a network and predicts a slice: what people write without this program."""

import sys

import keras

model = keras.models.load_model(sys.argv[1])
picture = keras.utils.img_to_array(keras.utils.load_img(sys.argv[2], target_size=(224, 224)))
print(model.predict(keras.applications.resnet.preprocess_input(picture[None])))
